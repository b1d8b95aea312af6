// What in a text tells who a patient is, as far as it can be told for sure.
import { isNhsNumber } from './nhs-number';

export interface Identifying {
  what: 'an NHS number' | 'a date of birth' | 'a MESH address made of patient details';
  offset: number;
  length: number;
}

/** Ten digits, alone or grouped 3 3 4, that are no part of a longer word such as a UUID. */
const NHS_NUMBER = /(?<![\w-])\d{3}([ -]?)\d{3}\1\d{4}(?![\w-])/g;
const BIRTH =
  /\b(?:d\.?o\.?b\b\.?|date of birth|birth ?date|born)[^\w\n]{0,4}(?:on |is |was )?(\d{4}-\d\d-\d\d|\d{1,2}[./ -](?:\d{1,2}|[a-z]{3,9})[./ -]\d{2,4}|\d{8})\b/gi;
const ADDRESS = /\bGPPROVIDER_\d{10}_\d{8}_\w*/gi;

/** The first such stretch, in UTF-16 units; undefined when there is none. */
export function identifyingIn(text: string): Identifying | undefined {
  const [address] = text.matchAll(ADDRESS);
  if (address)
    return { what: 'a MESH address made of patient details', offset: address.index, length: address[0].length };
  for (const { 0: found, index } of text.matchAll(NHS_NUMBER))
    if (isNhsNumber(found.replace(/\D/g, ''))) return { what: 'an NHS number', offset: index, length: found.length };
  const [birth] = text.matchAll(BIRTH);
  return birth && { what: 'a date of birth', offset: birth.index, length: birth[0].length };
}

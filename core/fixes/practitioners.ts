// Fixes of what the rules find in the numbers by which clinicians are known.
import { join, parentOf, valueAt } from '../document/pointer';
import { identifiersOf } from '../itk3/identifiers';
import { asText, list, object } from '../json';
import { REGISTERS, SDS_USER } from '../nhs/professional-number';
import { resourceAround } from '../validate/locate';
import type { FixMaker } from './fixing';

/** The guide takes UNK for a number that is not known. */
const unknownAuthor: FixMaker = ({ pointer }, { message }) => {
  const at = resourceAround(pointer, message);
  if (at?.type !== 'Practitioner') return [];
  const there = list(at.resource.identifier).length;
  const value = { system: SDS_USER, value: 'UNK' };
  const identifiers = join(at.pointer, 'identifier');
  return [
    {
      title: 'Add UNK as SDS user id, which says that it is not known',
      sure: false,
      ...(there === 0
        ? { kind: 'set', pointer: identifiers, value: [value] }
        : // The named identifiers stand before all others.
          { kind: 'insert', pointer: join(identifiers, 0), value }),
    },
  ];
};

/** Without spaces, and without the letters that people write before a number. */
const professional: FixMaker = ({ pointer }, { message }) => {
  const value = asText(valueAt(message.root.resource, pointer));
  const { system } = object(valueAt(message.root.resource, parentOf(pointer)));
  const register = REGISTERS.find((r) => r.system === system);
  const tidy = value
    .slice(0, 40)
    .replace(/[\s.-]/g, '')
    .toUpperCase();
  const number = [tidy, tidy.replace(/^[A-Z]{1,4}/, '')].find((n) => register?.form.test(n));
  if (number === undefined) return [];
  const isTaken = message.resources.some((r) => identifiersOf(r, [system]).some((i) => i.identifier.value === number));
  return [{ title: `Change to ${number}`, sure: !isTaken, kind: 'set', pointer, value: number }];
};

export const PRACTITIONER_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'author-identifier': [unknownAuthor],
  'professional-number': [professional],
};

// What a person is told of people and organisations: names, numbers, addresses.
import { join, type Pointer } from '../document/pointer';
import { listedName, officialName } from '../itk3/person-name';
import { asText, type Json, list, object, text } from '../json';
import { formatNhsNumber, isTenDigits, NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import { ODS_SYSTEMS } from '../nhs/ods-code';
import {
  conceptSaid,
  concepts,
  either,
  identifierOf,
  lines,
  objects,
  plain,
  type Reader,
  type Said,
  said,
  words,
} from './said';

/** `TESTWELL, Marmaduke (Mr)`. */
export const listed: Reader = (at) => {
  const name = officialName(at.resource);
  const index = list(at.resource.name).indexOf(name);
  const told = listedName(name) ?? (words(name.given) || asText(name.text));
  return said(told, join(at.pointer, 'name', Math.max(index, 0)));
};

/** `Ms Ottoline Fictional`. */
export const personName: Reader = ({ resource, pointer }) => nameIn(resource, pointer);

function nameIn(resource: Json, pointer: Pointer): Said | undefined {
  const name = officialName(resource);
  const parts = [words(name.prefix), words(name.given), asText(name.family)].filter((part) => part !== '');
  const index = list(resource.name).indexOf(name);
  return said(parts.join(' ') || asText(name.text), join(pointer, 'name', Math.max(index, 0)));
}

export const nhsNumber: Reader = (at) => {
  const found = identifierOf(at, (system) => system === NHS_NUMBER_SYSTEM);
  const digits = found?.text.replace(/\s/g, '') ?? '';
  return found && { ...found, text: isTenDigits(digits) ? formatNhsNumber(digits) : found.text };
};

/** How sure the NHS number is. */
export const nhsNumberStatus: Reader = ({ resource, pointer }) => {
  const numbers = list(resource.identifier);
  const number = numbers.findIndex((one) => object(one).system === NHS_NUMBER_SYSTEM);
  const extensions = list(object(numbers[number]).extension);
  const status = extensions.findIndex((one) => /NHSNumberVerificationStatus/.test(asText(object(one).url)));
  const at = join(pointer, 'identifier', number, 'extension', status, 'valueCodeableConcept');
  return conceptSaid(object(extensions[status]).valueCodeableConcept, at);
};

export const odsCode: Reader = (at) => identifierOf(at, (system) => ODS_SYSTEMS.includes(system));

export const anyIdentifier: Reader = (at) => {
  const all = objects(at.resource.identifier).map((identifier) => {
    const { system, value } = identifier;
    const name = /\/([a-z]+(?:-[a-z]+)*)$/i.exec(asText(system))?.[1]?.replace(/-/g, ' ');
    const shown = NAMES.get(name ?? '') ?? name;
    if (asText(value) === '') return undefined;
    const index = list(at.resource.identifier).indexOf(identifier);
    const told = shown === undefined ? asText(value) : `${shown} ${asText(value)}`;
    return said(told, join(at.pointer, 'identifier', index));
  });
  return lines(all.slice(0, 4), join(at.pointer, 'identifier'));
};

const NAMES: ReadonlyMap<string, string> = new Map([
  ['ods organization code', 'ODS'],
  ['ods site code', 'ODS site'],
  ['sds user id', 'SDS user'],
  ['sds role profile id', 'SDS role'],
  ['gphc number', 'GPhC'],
  ['gmc number', 'GMC'],
  ['nmc number', 'NMC'],
  ['nhs number', 'NHS'],
  ['rfc', 'id'],
]);

export const address: Reader = ({ resource, pointer }) => {
  const all = Array.isArray(resource.address) ? resource.address : [resource.address];
  const [first] = objects(all);
  if (!first) return undefined;
  const { line, city, district, postalCode, text: whole } = first;
  const parts = [...list(line), city, district, postalCode].flatMap((part) => text(part)?.trim() || []);
  const at = join(pointer, 'address', ...(Array.isArray(resource.address) ? [all.indexOf(first)] : []));
  return said(parts.length > 0 ? parts.join(', ') : asText(whole), at);
};

export const telephone: Reader = ({ resource, pointer }) =>
  lines(
    list(resource.telecom).map((one, i) => {
      const { system, value, use } = object(one);
      if (system !== undefined && system !== 'phone') return undefined;
      const told = asText(value);
      return said(told && asText(use) ? `${told} (${asText(use)})` : told, join(pointer, 'telecom', i));
    }),
    join(pointer, 'telecom'),
  );

export const contacts: Reader = ({ resource, pointer }) =>
  lines(
    list(resource.contact).map((one, i) => {
      const { name, relationship, telecom } = object(one);
      const at = join(pointer, 'contact', i);
      const person = nameIn({ name: [name] }, at)?.text;
      const relation = list(relationship).map((kind) => conceptSaid(kind, at)?.text);
      const phone = objects(telecom).map(({ value }) => text(value));
      return said([person, ...relation, ...phone].filter(Boolean).join(', '), at);
    }),
    join(pointer, 'contact'),
  );

/** Of whatever has a name: a person, an organisation, a place. */
export const anyName: Reader = either(
  (at, message) => (typeof at.resource.name === 'string' ? plain('name')(at, message) : undefined),
  personName,
  concepts('type'),
  concepts('code'),
);

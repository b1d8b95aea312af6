// The subject of a message, as its guide words it, from what the message says.
import { object, text } from '../json';
import { isTenDigits } from '../nhs/nhs-number';
import { isOdsCode } from '../nhs/ods-code';
import type { AddressingRules } from './addressing-rules';
import { identifiersOf } from './identifiers';
import { type Located, type Message, referenceIn, resolve } from './message';
import { currentName, nhsNumbersOf, plain } from './practice-address';

/** What the pieces are made from. */
export interface About {
  message: Message;
  composition: Located | undefined;
  patient: Located | undefined;
  /** Of the organisation that sends. */
  senderOds: string | undefined;
  odsSystem: string;
}

export interface Subject {
  text: string;
  /** Where it is not as the guide words it, as sentences without patient data. */
  says: string[];
}

/** MESH takes no longer one (MESH API specification, Mex-Subject). */
const LONGEST = 500;

export function subjectOf(about: About, { segments }: NonNullable<AddressingRules['subject']>): Subject {
  const without: string[] = [];
  const values = valuesOf(about);
  const written = segments
    .map((segment) => {
      const placeholder = /\[([^\]]*)\]/.exec(segment)?.[1];
      if (placeholder === undefined) return segment;
      const value = values[placeholder];
      if (value) return segment.replace(`[${placeholder}]`, () => value);
      without.push(placeholder);
      return '';
    })
    .join('')
    .replace(/^[\s,]+/, '')
    // MESH refuses headers with a web address in them.
    .replace(/https?:\/\//gi, '');
  const carried = asHeader(written);
  const shortened = carried.length > LONGEST;
  return {
    text: shortened ? `${carried.slice(0, LONGEST - 3).trimEnd()}...` : carried,
    says: [
      ...(without.length > 0
        ? [`The message has no value for ${without.join(', ')}, so the subject goes without.`]
        : []),
      ...(carried === written ? [] : ['The subject holds a character that no header carries, written another way.']),
      ...(shortened ? [`The subject is cut after ${LONGEST} characters, the most that MESH takes.`] : []),
    ],
  };
}

function valuesOf({ message, composition, patient, senderOds, odsSystem }: About): Record<string, string | undefined> {
  const place = composition && led(message, composition, 'custodian');
  const ods = place && identifiersOf(place, [odsSystem]).map(({ identifier }) => text(identifier.value) ?? '');
  const numbers = patient ? nhsNumbersOf(patient.resource) : [];
  const values = {
    'payload-title': text(composition?.resource.title),
    'patient-name': patient && nameOf(patient),
    'nhs-number': numbers.length === 1 && isTenDigits(numbers[0]!) ? numbers[0] : undefined,
    'practice-name': text(place?.resource.name),
    'ods-code': [...(ods ?? []), senderOds ?? ''].find(isOdsCode),
    version: composition && versionOf(composition),
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value && plain(value)]));
}

function nameOf({ resource }: Located): string | undefined {
  const name = currentName(resource);
  const parts = [name?.given, name?.family].flat().flatMap((part) => text(part) ?? []);
  return parts.length > 0 ? parts.join(' ') : text(name?.text);
}

/** A document that replaces none is the first; the others count in their meta.versionId, where they say at all. */
function versionOf({ resource }: Located): string | undefined {
  const said = text(object(resource.meta).versionId);
  if (said !== undefined && /^[1-9]\d{0,8}$/.test(said)) return said;
  return resource.relatesTo === undefined ? '1' : undefined;
}

function led(message: Message, from: Located, property: string): Located | undefined {
  const reference = referenceIn(from.resource[property]);
  return reference === undefined ? undefined : resolve(message, from, reference);
}

/** MESH names no encoding for its headers: Latin-1 is what all sides carry. */
function asHeader(written: string): string {
  return Array.from(written, (character) => {
    if (/^[\x20-\x7e\xa0-\xff]$/.test(character)) return character;
    const bare = character.normalize('NFKD').replace(/\p{M}/gu, '');
    return /^[\x20-\x7e\xa0-\xff]+$/.test(bare) ? bare : '?';
  }).join('');
}

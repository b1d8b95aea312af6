// Values that are of the wrong kind, or written in the wrong form: as they would be right, where that can be told.
import type { Pointer } from '../document/pointer';
import { bindingOf, type Spot, typesOf } from '../draft/spot';
import type { Fix } from '../finding';
import { instantOf } from '../itk3/times';
import { isObject, type Json, list } from '../json';
import type { Knowledge } from '../knowledge';
import { TEXT_FORMS } from '../validate/primitives';
import { fhirValue, shortened } from '../validate/wording';
import type { Fixing, FixMaker } from './fixing';
import { isNumberOf, readingsOf } from './moments';
import { emptied, type Place, placeOf } from './place';
import { isNeeded } from './required';

type Value = { value: unknown; sure?: boolean; title?: string };

/** What is of the wrong kind: text for a number, a text for the object that would hold it, null for nothing. */
export const rightKind: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  const place = placeOf(pointer, fixing);
  if (!place || fixes.length > 0) return [];
  const { value } = place;
  if (value === null || (isObject(value) && Object.keys(value).length === 0))
    return removal(pointer, value === null ? 'null' : 'what is empty', fixing);
  const type = typesOf(place.spot)[0]?.code ?? '';
  const found = isObject(value)
    ? wordIn(value, type, place.spot, fixing)
    : Array.isArray(value)
      ? flattened(value)
      : typeof value === 'string' && !(type in TEXT_FORMS)
        ? fromText(value.trim(), type, place, fixing)
        : fromPlain(value, type);
  const right = found.map((one) => setting(pointer, one));
  return right.length > 0 ? right : leavingOut(pointer, fixing);
};

/** What is of the right kind and the wrong form. */
export const rightForm: FixMaker = ({ pointer }, fixing) => {
  const place = placeOf(pointer, fixing);
  if (!place) return [];
  const { value, spot } = place;
  const type = typesOf(spot)[0]?.code ?? (pointer.endsWith('/id') ? 'id' : '');
  if (typeof value === 'string' && !/\S/.test(value)) return removal(pointer, 'what is empty', fixing);
  const right = (typeof value === 'string' ? formed(value, type, fixing) : []).map((one) => setting(pointer, one));
  return right.length > 0 ? right : leavingOut(pointer, fixing);
};

/** Cut where it must end: what is lost, its writer sees. */
export const shorter: FixMaker = ({ pointer }, fixing) => {
  const place = placeOf(pointer, fixing);
  const most = Math.min(...(place?.spot.map((e) => e.maxLength ?? Infinity) ?? []));
  if (typeof place?.value !== 'string' || !Number.isFinite(most)) return [];
  const value = Array.from(place.value.slice(0, most * 2))
    .slice(0, most)
    .join('')
    .trim();
  return [setting(pointer, { value, sure: false, title: `Cut it to ${most} characters` })];
};

/** What is empty says nothing, so nothing is lost with it. */
export const withoutEmpty: FixMaker = ({ pointer, fixes = [] }, fixing) =>
  fixes.length > 0 ? [] : removal(pointer, 'what is empty', fixing);

function setting(pointer: string, { value, sure, title }: Value): Fix {
  return {
    kind: 'set',
    title: title ?? `Change to ${fhirValue(value)}`,
    pointer,
    value,
    ...(sure === false && { sure }),
  };
}

/** Sure only where nobody will miss it. */
function removal(pointer: Pointer, what: string, fixing: Fixing): Fix[] {
  const empty = emptied(pointer, fixing);
  return isNeeded(empty, fixing) ? [] : [{ kind: 'remove', title: `Remove ${what}`, pointer: empty }];
}

/** The last resort, for what need not be there. */
function leavingOut(pointer: string, fixing: Fixing): Fix[] {
  if (isNeeded(pointer, fixing)) return [];
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  return [{ kind: 'remove', title: /^\d+$/.test(name) ? 'Remove it' : `Leave ${name} out`, pointer, sure: false }];
}

/** A list in a list: its items go where it stands. */
function flattened(value: unknown[]): Value[] {
  return value.length === 1 ? [{ value: value[0], title: 'Take it out of the list' }] : [];
}

const YES: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', 'on']);
const NO: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', 'off']);

function fromPlain(value: unknown, type: string): Value[] {
  if (type === 'boolean' && (value === 1 || value === 0)) return [{ value: value === 1 }];
  return [];
}

/** An object around a text, as other formats have it; a concept for a code, as other versions have it. */
function wordIn(value: Json, type: string, spot: Spot, { knowledge }: Fixing): Value[] {
  if (type === 'code') {
    const [coding] = list(value.coding);
    const code = isObject(coding) ? coding.code : value.code;
    const codes = codesOf(spot, knowledge);
    if (codes.includes(code as string)) return [{ value: code }];
    return codes.length > MOST_CODES ? [] : codes.map((one) => ({ value: one, sure: false }));
  }
  if (!(type in TEXT_FORMS) && type !== 'boolean' && type !== 'decimal') return [];
  const [[name, only] = [undefined, undefined], ...others] = Object.entries(value);
  if (name === undefined || others.length > 0 || typeof only === 'object') return [];
  const isName = ['value', '@value', '#text', '$', '_'].includes(name);
  return [{ value: only, title: 'Take the value out of its object', ...(!isName && { sure: false }) }];
}

const MOST_CODES = 8;

function codesOf(spot: Spot, { terminology }: Knowledge): string[] {
  const binding = bindingOf(spot);
  const codes = binding?.strength === 'required' ? terminology.expand(binding.valueSet)?.codes : undefined;
  return [...(codes?.values() ?? [])].flatMap((concepts) => [...concepts.keys()]);
}

/** A text where a number, a boolean or an object belongs. */
function fromText(text: string, type: string, place: Place, fixing: Fixing): Value[] {
  if (type === 'boolean') {
    const word = text.toLowerCase();
    return YES.has(word) ? [{ value: true }] : NO.has(word) ? [{ value: false }] : [];
  }
  if (/^[+-]?\d+(\.\d+)?$/.test(text) && isNumberOf(Number(text), type)) return [{ value: Number(text) }];
  const object = objectOf(text, type, place.spot, fixing);
  return object.map((one) => ({
    title: `Write it as ${type === 'Reference' ? 'a reference' : (codeIn(one.value) ?? fhirValue(one.value))}`,
    ...one,
  }));
}

/** `code emergency-supply, Emergency supply` */
function codeIn(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const coding = Array.isArray(value.coding) ? (value.coding[0] as unknown) : value;
  if (!isObject(coding) || typeof coding.code !== 'string') return undefined;
  return `code ${coding.code}${typeof coding.display === 'string' ? `, ${shortened(coding.display)}` : ''}`;
}

/** The object that would say what a text says. */
function objectOf(text: string, type: string, spot: Spot, { knowledge: { terminology } }: Fixing): Value[] {
  switch (type) {
    case 'Reference':
      return [{ value: { reference: text } }];
    case 'CodeableConcept':
    case 'Coding': {
      const binding = bindingOf(spot);
      const codes = binding ? [...(terminology.expand(binding.valueSet)?.codes ?? [])] : [];
      const meant = codes.flatMap(([system, concepts]) =>
        [...concepts.values()]
          .filter((c) => c.code === text || c.display?.toLowerCase() === text.toLowerCase())
          .map(({ code, display }) => ({ system, code, ...(display !== undefined && { display }) })),
      );
      const isConcept = type === 'CodeableConcept';
      const coded = meant.map((coding) => ({ value: isConcept ? { coding: [coding] } : coding }));
      return coded.length > 0 || !isConcept ? coded : [{ value: { text }, sure: false }];
    }
    case 'HumanName':
    case 'Address':
    case 'Annotation':
    case 'Dosage':
      return [{ value: { text }, sure: false }];
    case 'Identifier':
    case 'ContactPoint':
      return [{ value: { value: text }, sure: false }];
    case 'Narrative':
      return text.startsWith('<div') ? [{ value: { status: 'generated', div: text } }] : [];
    default:
      return [];
  }
}

/** A text in the form of its type. */
function formed(text: string, type: string, fixing: Fixing): Value[] {
  const trimmed = text.trim();
  const first = plainlyFormed(trimmed, type).find((one) => TEXT_FORMS[type]?.test(one.value as string));
  if (first) return [first];
  const readings = readingsOf(text, type);
  if (readings.length > 0)
    return readings.map((r) => ({ value: r.text, ...((!r.isWhole || readings.length > 1) && { sure: false }) }));
  return vaguer(trimmed, type, fixing);
}

function plainlyFormed(text: string, type: string): Value[] {
  const bare = text.replace(/\s+/g, '');
  switch (type) {
    case 'code':
      return [{ value: text.replace(/\s+/g, ' ') }];
    case 'id':
      return [{ value: text }, { value: text.replace(/[^A-Za-z0-9\-.]/g, '-'), sure: false }];
    case 'uri':
      return [
        { value: text },
        { value: text.replace(/^urn:uuid:\s*\{?([^}]*)\}?$/i, 'urn:uuid:$1').toLowerCase() },
        { value: text.replace(/\s/g, '%20'), sure: false },
      ];
    case 'oid':
      return [{ value: `urn:oid:${text.replace(/^(urn:)?(oid:)?/i, '')}` }];
    case 'uuid':
      return [{ value: `urn:uuid:${text.replace(/^(urn:)?(uuid:)?/i, '').replace(/[{}]/g, '')}` }];
    case 'base64Binary': {
      const plain = bare.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
      return [{ value: plain.padEnd(Math.ceil(plain.length / 4) * 4, '='), title: 'Write it as base64 is written' }];
    }
    case 'string':
    case 'markdown': {
      const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/gu, '');
      return [{ value: clean, title: 'Leave out what no text can hold', sure: false }];
    }
    default:
      return [];
  }
}

/** A day that does not exist: its month alone is no guess. A moment without its time: now, where that can be meant. */
function vaguer(text: string, type: string, { fresh }: Fixing): Value[] {
  const month = /^(\d{4}-(?:0[1-9]|1[0-2]))-\d{2}/.exec(text)?.[1];
  if (type === 'instant') return [{ value: instantOf(fresh.now), sure: false, title: 'Change to the time of now' }];
  if (month === undefined || (type !== 'date' && type !== 'dateTime')) return [];
  const day = text.slice(0, 10);
  const withoutTime = TEXT_FORMS.date!.test(day) && text.length > 10;
  return withoutTime
    ? [{ value: day, sure: false, title: `Leave the time out: ${day}` }]
    : [{ value: month, sure: false, title: `Leave the day out: ${month}` }];
}

// Enough of a patient to tell one line of a list from the next, and too little to know who it is. Pure.
import { isObject, type Json, list } from '../core/json';
import { type Message, resolve, referenceIn } from '../core/itk3/message';
import { officialName } from '../core/itk3/person-name';
import { NHS_NUMBER_SYSTEM } from '../core/nhs/nhs-number';

/** `M. T. …123`: initials, and the last three digits of the NHS number. Undefined when the message names no patient. */
export function patientHint(message: Message): string | undefined {
  const patient = patientOf(message);
  if (!patient) return undefined;
  const hint = [...initials(officialName(patient)), ...lastDigits(patient)].join(' ');
  return hint === '' ? undefined : hint;
}

/** Whom the document is about; without one that says so, the only patient there is. */
function patientOf({ resources, ...message }: Message): Json | undefined {
  for (const from of resources) {
    const subject = from.type === 'Composition' ? referenceIn(from.resource.subject) : undefined;
    const found = subject === undefined ? undefined : resolve({ resources, ...message }, from, subject);
    if (found?.type === 'Patient') return found.resource;
  }
  const patients = resources.filter(({ type }) => type === 'Patient');
  return patients.length === 1 ? patients[0]?.resource : undefined;
}

/** Of the first given name and the family name; of a name that is one text, of its first and last word. */
function initials({ given, family, text }: Json): string[] {
  const parts = [list(given)[0], family].filter(isWord);
  const words = isWord(text) ? text.trim().split(/\s+/) : [];
  const named = parts.length > 0 ? parts : [...new Set([words.at(0), words.at(-1)])].filter(isWord);
  return named.flatMap((part) => {
    const letter = /\p{L}/u.exec(part)?.[0];
    return letter === undefined ? [] : [`${letter.toUpperCase()}.`];
  });
}

const isWord = (part: unknown): part is string => typeof part === 'string' && part.trim() !== '';

function lastDigits({ identifier }: Json): string[] {
  const number = list(identifier).find((id) => isObject(id) && id.system === NHS_NUMBER_SYSTEM);
  const digits = isObject(number) && typeof number.value === 'string' ? number.value.replace(/\D/g, '') : '';
  // Of a number that is cut short three digits may be all there is.
  return digits.length === 10 ? [`…${digits.slice(-3)}`] : [];
}

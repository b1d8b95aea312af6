import { join } from '../document/pointer';
import { type Located, resolve } from '../itk3/message';
import { isObject, list, text } from '../json';
import type { Rule } from './rule';

/** What a person reads beside a reference: another name there than in the resource is another patient or another medicine. */
export const referenceDisplay: Rule = {
  id: 'reference-display',
  severity: 'warning',
  asks: 'The display of a reference to a patient or a medicine names what the reference leads to.',
  source: { title: 'FHIR STU3, Reference.display', url: 'http://hl7.org/fhir/STU3/references.html#Reference' },
  check({ message }, say) {
    const told = new Set<Located>();
    for (const from of message.resources) {
      for (const [property, reference] of Object.entries(from.resource)) {
        if (!isObject(reference) || typeof reference.reference !== 'string') continue;
        const display = text(reference.display);
        const target = display && resolve(message, from, reference.reference);
        if (!display || !target || told.has(target)) continue;
        const names = namesOf(target);
        if (names.length === 0 || names.some((name) => saysAll(display, name))) continue;
        const words = wordsOf(display);
        if (words.length === 0 || names.some((name) => speaksOf(words, wordsOf(name)))) continue;
        // Once for each patient or medicine: where its name was changed, every display of it is the old one.
        told.add(target);
        const named = join(target.pointer, target.type === 'Patient' ? 'name' : 'code');
        say(
          join(from.pointer, property, 'display'),
          `The display says "${display.slice(0, 80)}", but the ${target.type} is ${names[0]!.slice(0, 80)}: both name the same.`,
          { related: [{ pointer: named, message: `The name of the ${target.type}` }] },
        );
      }
    }
  },
};

/** Of a patient the surnames, of a medicine what its code is called. */
function namesOf({ type, resource }: Located): string[] {
  if (type === 'Patient')
    return list(resource.name).flatMap((name) => (isObject(name) ? (text(name.family) ?? []) : []));
  if (type !== 'Medication' || !isObject(resource.code)) return [];
  const displays = list(resource.code.coding).flatMap((coding) =>
    isObject(coding) ? (text(coding.display) ?? []) : [],
  );
  const said = text(resource.code.text);
  return [...displays, ...(said === undefined ? [] : [said])].filter(
    (name) => /\w/.test(name) || wordsOf(name).length > 0,
  );
}

/** As it nearly always is: the name stands in the display as it is. */
function saysAll(display: string, name: string): boolean {
  return display === name || display.toLowerCase().includes(name.toLowerCase());
}

/** A medicine may be named shorter or longer, but its first word stays. */
function speaksOf(words: readonly string[], name: readonly string[]): boolean {
  return name.length === 0 || words.includes(name[0]!) || name.includes(words[0]!);
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

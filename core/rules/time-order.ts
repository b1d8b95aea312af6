import { join, type Pointer } from '../document/pointer';
import { documentOf, inDocument, patientOf } from '../itk3/document';
import { headerOf, type Located } from '../itk3/message';
import { CLOCKS_DIFFER, readTime, type TimeSpan } from '../itk3/times';
import { isObject } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

interface Spot extends TimeSpan {
  pointer: Pointer;
  value: string;
}

/** Only what surely comes first: a day without a time is before no time of that day. */
export const timeOrder: Rule = {
  id: 'time-order',
  severity: 'warning',
  asks: 'Birth, contact, supply, and the writing, assembly and sending of the document follow one another in time.',
  source: sourced('ITK3 Message Distribution 2.10.0, document identity; FHIR STU3, what the elements mean'),
  check({ message, knowledge, now = Infinity }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    const spot = (at: Located | undefined, ...path: string[]): Spot | undefined => {
      const value = path.reduce<unknown>((v, key) => (isObject(v) ? v[key] : undefined), at?.resource);
      const time = readTime(value);
      // Of times to come another rule speaks.
      if (!at || !time || time.from > now + CLOCKS_DIFFER) return undefined;
      return { ...time, value: value as string, pointer: join(at.pointer, ...path) };
    };
    const tell = (wrong: Spot, text: string, ...others: Spot[]): void =>
      say(wrong.pointer, text, { related: others.map(({ pointer, value }) => ({ pointer, message: value })) });

    const written = spot(document.composition, 'date');
    const assembled = spot(document.bundle, 'meta', 'lastUpdated');
    const sent = spot(headerOf(message), 'timestamp');
    const born = spot(patientOf(message, document), 'birthDate');
    const [encounter] = inDocument(message, document, 'Encounter');
    const contact = spot(encounter, 'period', 'start');
    const supplies = inDocument(message, document, 'MedicationDispense').flatMap(
      (dispense) => spot(dispense, 'whenHandedOver') ?? [],
    );

    if (before(assembled, written))
      tell(
        written!,
        `The document was written ${written!.value}, after it was put together ${assembled!.value}.`,
        assembled!,
      );
    const made = assembled ?? written;
    if (before(sent, made))
      tell(sent!, `The message was made ${sent!.value}, before the document in it ${made!.value}.`, made!);
    const first = contact ?? written;
    if (before(first, born))
      tell(born!, `The patient was born ${born!.value}, after the contact ${first!.value}.`, first!);
    const early = supplies.filter((supply) => before(supply, contact));
    const unwritten = before(written, contact);
    if (unwritten && early.length > 0)
      tell(
        contact!,
        `The contact began ${contact!.value}, after the supply and the writing of the document.`,
        written!,
        ...early,
      );
    else if (unwritten)
      tell(
        written!,
        `The document was written ${written!.value}, before the contact began ${contact!.value}.`,
        contact!,
      );
    else if (early.length > 0)
      tell(
        early[0]!,
        `The supply was handed over ${early[0]!.value}, before the contact began ${contact!.value}.`,
        contact!,
        ...early.slice(1),
      );
  },
};

function before(a: Spot | undefined, b: Spot | undefined): boolean {
  return a !== undefined && b !== undefined && a.to + CLOCKS_DIFFER < b.from;
}

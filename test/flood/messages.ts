// Messages of a size, grown from our example: more dispensed items, each with its medication.
import fs from 'node:fs';
import { converted } from '../../core/document/convert';
import type { Format } from '../../core/document/source-document';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

/** @returns the text of a message of about so many bytes, in lines */
export function messageOf(bytes: number, format: Format): string {
  const message: Loose = JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8'));
  const { entry } = message.entry.at(-1).resource;
  const ofType = (type: string): Loose =>
    entry.map(({ resource }: Loose) => resource).find((resource: Loose) => resource.resourceType === type);
  const [dispense, medication] = [ofType('MedicationDispense'), ofType('Medication')];
  // XML has about four fifths of the characters.
  const wanted = format === 'xml' ? bytes * 1.25 : bytes;
  let size = JSON.stringify(message, null, 2).length;
  for (let n = 0; size < wanted; n += 2) {
    const reference = `urn:uuid:${uuid(n)}`;
    const medicationReference = { ...dispense.medicationReference, reference };
    const more = [
      { fullUrl: reference, resource: { ...medication, id: uuid(n) } },
      { fullUrl: `urn:uuid:${uuid(n + 1)}`, resource: { ...dispense, id: uuid(n + 1), medicationReference } },
    ];
    entry.push(...more);
    size += JSON.stringify(more, null, 2).length * 1.35;
  }
  const text = JSON.stringify(message, null, 2);
  return format === 'json' ? text : inXml(text);
}

function inXml(json: string): string {
  const { registry } = knowledge();
  const made: Loose = converted(json, 'xml', registry);
  return made.text;
}

/** Invented, and the same in every run. */
function uuid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

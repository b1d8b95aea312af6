// Valid messages of any size, grown from our example: more dispensed items, each with its medication, its place in the
// list and its rows in the text of the section.
import fs from 'node:fs';
import path from 'node:path';

const EXAMPLE = path.resolve('examples/emergency-supply.json');
const MEDICATIONS = '933361000000108';

/** @returns the text of a valid message of about so many bytes */
export function messageOfSize(bytes) {
  const message = JSON.parse(fs.readFileSync(EXAMPLE, 'utf8'));
  const document = message.entry.at(-1).resource;
  const resources = document.entry.map((entry) => entry.resource);
  const ofType = (type) => resources.find((resource) => resource.resourceType === type);
  const text = ofType('Composition').section.find((s) => s.code.coding[0].code === MEDICATIONS).text;
  const list = resources.find(
    (r) => r.resourceType === 'List' && r.subject && r.code.coding[0].code === '163541000000107',
  );
  const add = itemAdder({
    document,
    list,
    text,
    dispense: ofType('MedicationDispense'),
    medication: ofType('Medication'),
  });

  const before = size(message);
  add();
  const step = size(message) - before;
  const more = Math.round((bytes - size(message)) / step);
  for (let i = 0; i < more; i++) add();
  return JSON.stringify(message, null, 2);
}

/** @returns a function that puts one more item into the document */
function itemAdder({ document, list, text, dispense, medication }) {
  const [open, rows, close] = split(text.div);
  let n = 0;
  let added = '';
  return () => {
    const medicationId = uuid(2 * n);
    const dispenseId = uuid(2 * n + 1);
    n++;
    document.entry.push(
      entryOf({
        ...structuredClone(dispense),
        id: dispenseId,
        medicationReference: { ...dispense.medicationReference, reference: `urn:uuid:${medicationId}` },
      }),
      entryOf({ ...structuredClone(medication), id: medicationId }),
    );
    list.entry.push({ item: { reference: `urn:uuid:${dispenseId}` } });
    added += rows;
    text.div = `${open}${rows}${added}${close}`;
  };
}

function split(div) {
  const from = div.indexOf('<tbody>') + '<tbody>'.length;
  const to = div.lastIndexOf('</tbody>');
  return [div.slice(0, from), div.slice(from, to), div.slice(to)];
}

function entryOf(resource) {
  return { fullUrl: `urn:uuid:${resource.id}`, resource };
}

/** Invented, and the same in every run. */
function uuid(n) {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

function size(message) {
  return Buffer.byteLength(JSON.stringify(message, null, 2));
}

// What the measured messages hold: text that compresses as FHIR does, the same at every run, made as it is read.
import { createHash } from 'node:crypto';

const BLOCK = 64 * 1024;
/** Invented entries with a number that never comes twice, so that no compressor has it too easy. */
const ENTRY = (number) =>
  `{"resource":{"resourceType":"MedicationDispense","id":"${createHash('sha256').update(String(number)).digest('hex')}",` +
  `"status":"completed","quantity":{"value":${number % 90},"unit":"tablet"},"daysSupply":{"value":${number % 28}}}},\n`;

const template = Buffer.alloc(BLOCK);
for (let at = 0, number = 0; at < BLOCK; number++) at += template.write(ENTRY(number), at, 'latin1');

/** Bytes of a message, in pieces; every piece says which one it is. */
export async function* contentOf(bytes) {
  for (let start = 0; start < bytes; start += BLOCK) {
    const block = Buffer.from(template.subarray(0, Math.min(BLOCK, bytes - start)));
    block.write(String(start).padStart(16, '0'), 0, 'latin1');
    yield block;
  }
}

export async function wholeOf(bytes) {
  const pieces = [];
  for await (const piece of contentOf(bytes)) pieces.push(piece);
  return Buffer.concat(pieces);
}

export async function digestOf(pieces) {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

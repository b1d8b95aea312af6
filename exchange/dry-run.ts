// What would be sent, as a text to be kept or handed on: nothing secret in it, and nothing of the patient unless wanted. Pure.
import { DEFAULT_PART_SIZE, type OutgoingMessage } from '../mesh/client';
import { envelopeHeaders } from '../mesh/envelope';
import { maskAddress, MeshError } from '../mesh/errors';
import { digestOf } from './attempt';
import { guardsOf } from './guards';
import { type Departure, factsOf, type Fact, maskedText, notesOf, warningsOf } from './summary';
import { fileNameOf, wordFor } from './wire';

/** The message as the MESH client takes it. */
export function letterOf({
  to,
  workflowId,
  addressed,
  wire,
}: Pick<Departure, 'to' | 'workflowId' | 'addressed' | 'wire'>): OutgoingMessage & { body: Buffer } {
  const { subject, localId } = addressed;
  const { contentType } = wire;
  const body = Buffer.from(wire.text);
  return { to, workflowId, subject, localId, fileName: fileNameOf({ addressed, wire }), contentType, body };
}

export interface DryRunOptions {
  /** With the patient: the address and the subject as they would travel, and what was found in full. */
  whole?: boolean;
  /** Why it may not be sent at all. */
  forbidden?: string;
}

export function dryRun(name: string, departure: Departure, { whole = false, forbidden }: DryRunOptions = {}): string {
  const { from, outgoing, wire } = departure;
  const letter = letterOf(departure);
  const { body } = letter;
  const parts = Math.ceil(body.length / DEFAULT_PART_SIZE);
  const guards = guardsOf(from, [departure]);
  const content: Fact[] = [
    { label: 'Form', value: wordFor(wire.format) },
    { label: 'Bytes', value: String(body.length) },
    { label: 'Parts', value: String(parts) },
    { label: 'SHA-256', value: digestOf(body) },
  ];
  const typed = guards.map(({ title, word, about }): Fact => {
    // The name of a mailbox is the answer that live asks for: whoever sends reads it there.
    return { label: about === 'live' ? 'the name of the mailbox' : word, value: title };
  });
  return [
    `DRY RUN of ${name}: nothing was sent.`,
    ...(whole
      ? ['It holds data of the patient: keep it where the message may be kept.']
      : ['What may tell of the patient is left out (***).']),
    '',
    ...(forbidden === undefined ? [] : [`It would not be sent: ${forbidden}`, '']),
    ...warningsOf(departure).flatMap((says) => [says, '']),
    ...section('Summary', factsOf(departure, whole)),
    ...section(
      `Headers of POST ${from.endpoint.host}/messageexchange/${from.mailbox}/outbox`,
      headersOf(letter, whole),
    ),
    ...section('Content', content),
    ...(typed.length > 0 && forbidden === undefined ? section('Before it leaves, these must be typed', typed) : []),
    ...lines('Notes', notesOf(departure)),
    ...lines(
      'Found',
      outgoing.findings
        .filter(({ severity }) => severity !== 'hint')
        // The sentence of a finding may quote the message.
        .map(
          ({ severity, rule, span, message }) =>
            `${severity} in line ${lineAt(outgoing.text, span.offset)}: ${rule}${whole ? `. ${message}` : ''}`,
        ),
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

/** As the MESH client writes them, without what it adds to every request: above all the authorisation. */
function headersOf(letter: OutgoingMessage, whole: boolean): Fact[] {
  try {
    return Object.entries(envelopeHeaders(letter))
      .filter(([header]) => header !== 'Mex-Chunk-Range')
      .map(([label, value]) => ({ label, value: whole ? value : masked(label, value) }));
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return [{ label: 'It cannot be sent', value: error.message }];
  }
}

function masked(header: string, value: string): string {
  if (header === 'Mex-To') return maskAddress(value);
  return header === 'Mex-Subject' ? maskedText(value) : value;
}

function section(title: string, facts: readonly Fact[]): string[] {
  const width = Math.max(...facts.map(({ label }) => label.length)) + 2;
  return lines(
    title,
    facts.map(({ label, value }) => `${label.padEnd(width)}${value}`),
  );
}

function lines(title: string, all: readonly string[]): string[] {
  return all.length === 0 ? [] : [title, ...all.map((line) => `  ${line}`), ''];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

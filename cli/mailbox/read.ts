// One message of a mailbox: printed, or kept as a file, and taken out of the mailbox when that is wanted.
import path from 'node:path';
import { readReceived } from '../../exchange/received';
import { sentenceOfResponse } from '../../exchange/response-sentence';
import { contentOf, storedName, storeInto } from '../../exchange/store-message';
import { codeIn, whyStayed } from '../../exchange/collected';
import type { DownloadedMessage } from '../../mesh/client';
import { maskAddress, MeshError } from '../../mesh/errors';
import { textOf } from '../../mesh/content-text';
import { createDurably } from '../../mesh/sandbox/durable';
import { CommandError, EXIT } from '../exit';
import { printable } from '../printable';
import type { Terminal } from '../terminal';
import { folderNamed, mayTakeOut } from './keep';
import type { Means } from './list';
import { safe } from './steps';

interface Reading {
  /** Of the message, or a part of it. */
  id: string;
  /** The folder in which it is kept; without one it is printed. */
  out: string | undefined;
  takeOut: boolean;
  yes: boolean;
}

export async function readFromInbox(means: Means, reading: Reading, terminal: Terminal): Promise<number> {
  const { place, client, journal } = means;
  const { out, takeOut, yes } = reading;
  const signal = terminal.interrupted();
  const id = theOne(await client.inbox({ signal }), reading.id, place.mailbox);
  const message = await client.download(id, { signal });
  const knowledge = terminal.knowledge();
  const received = readReceived(message, knowledge, terminal.now());
  await journal.take(place, [received]);
  terminal.stderr.write(`itk3: ${tell(message, means, terminal)}\n`);
  if (out === undefined) {
    print(message, terminal);
    return EXIT.ok;
  }
  const folder = await folderNamed(out, terminal);
  const kept = await storeInto(folder, message, knowledge, createDurably).catch((error: unknown) => {
    const code = codeIn(error);
    if (code === undefined) throw error;
    const file = path.join(out, storedName(message, knowledge));
    const why = code === 'EEXIST' ? 'another file of that name is there' : code;
    throw new CommandError(`${file} could not be written (${why}): the message stays in ${place.mailbox}.`);
  });
  terminal.stdout.write(`${printable(path.join(out, path.basename(kept)))}\n`);
  if (!takeOut) return EXIT.ok;
  if (!(await mayTakeOut('this message', place, yes, terminal))) {
    terminal.stderr.write(`itk3: It is stored, and stays in ${place.mailbox}.\n`);
    return EXIT.ok;
  }
  try {
    await client.acknowledge(id);
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    terminal.stderr.write(`itk3: ${printable(whyStayed({ messageId: id, at: 'acknowledge', error }))}\n`);
    return EXIT.misuse;
  }
  terminal.stderr.write(`itk3: It is stored, and taken out of ${place.mailbox}.\n`);
  return EXIT.ok;
}

function theOne(ids: readonly string[], wanted: string, mailbox: string): string {
  const same = ids.find((id) => id.toLowerCase() === wanted.toLowerCase());
  const found = same === undefined ? ids.filter((id) => id.toLowerCase().includes(wanted.toLowerCase())) : [same];
  const [id] = found;
  if (id === undefined)
    throw new CommandError(`There is no message ${wanted} in ${mailbox}: itk3 inbox lists what lies there.`);
  if (found.length > 1)
    throw new CommandError(`"${wanted}" is a part of ${found.length} ids in ${mailbox}: give more of it.`);
  return id;
}

/** What it is, and what it answers: without the patient, for this may be kept as a log. */
function tell(message: DownloadedMessage, { journal }: Means, terminal: Terminal): string {
  const knowledge = terminal.knowledge();
  const received = readReceived(message, knowledge);
  const exchange = journal.of(received);
  const sentence = sentenceOfResponse(received, exchange, undefined, knowledge);
  if (sentence) return safe([sentence.sentence, sentence.meaning, sentence.next].filter(Boolean).join(' '));
  const from = received.from === undefined ? '' : ` from ${maskAddress(received.from)}`;
  return safe(
    `${received.kind}${from}, ${received.bytes} bytes. ${received.unreadable ?? 'It answers nothing that was sent.'}`,
  );
}

/** As it came; on a screen without what would steer it. */
function print(message: DownloadedMessage, { stdout }: Terminal): void {
  const content = contentOf(message);
  const text = typeof content === 'string' ? content : textOf(content);
  if (text === undefined)
    throw new CommandError('The content is binary, so it is not printed: --out FOLDER keeps it as it came.');
  const shown = stdout.isTTY
    ? text
        .split(/\r?\n/)
        .map((line) => line.split('\t').map(printable).join('\t'))
        .join('\n')
    : text;
  stdout.write(shown.endsWith('\n') ? shown : `${shown}\n`);
}

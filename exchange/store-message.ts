// A received message as files that are there before MESH is told to forget it.
import path from 'node:path';
import type { Knowledge } from '../core/knowledge';
import type { DownloadedMessage } from '../mesh/client';
import { textOf } from '../mesh/content-text';
import { writeDurably } from '../mesh/sandbox/durable';
import { readReceived } from './received';

/** Of the MESH id and the kind of message alone: a file name is no place for a patient, and MESH's own often is about one. */
export function storedName(message: DownloadedMessage, knowledge: Knowledge): string {
  const id = message.messageId.replace(/[^\w.-]+/g, '_');
  if (message.kind === 'report') return `${id}-report${suffix(message.report.code)}.json`;
  const { acknowledgement } = readReceived(message, knowledge);
  const kind = acknowledgement ? `answer${suffix(acknowledgement.code)}` : 'message';
  return `${id}-${kind}.${extensionOf(message.body)}`;
}

const suffix = (code = ''): string => (/^[\w-]{1,20}$/.test(code) ? `-${code}` : '');

function extensionOf(body: Buffer): string {
  const beginning = textOf(body.subarray(0, 100), { isCut: true })?.trimStart() ?? '';
  return /^[{[]/.test(beginning) ? 'json' : beginning.startsWith('<') ? 'xml' : 'dat';
}

/** As it came, byte for byte; of a report, which has no content, what stood on its outside. */
export function contentOf(message: DownloadedMessage): Buffer | string {
  return message.kind === 'report' ? outsideOf(message) : message.body;
}

function outsideOf({ body, ...outside }: DownloadedMessage): string {
  return `${JSON.stringify({ ...outside, bytes: body.length }, null, 2)}\n`;
}

/** Resolves when it survives a kill and a power cut; rejects as the file system does. */
type Write = (file: string, content: Buffer | string) => Promise<void>;

export async function storeAs(file: string, message: DownloadedMessage, write: Write = writeDurably): Promise<void> {
  await write(file, contentOf(message));
}

/** The content, and beside it what stood on its outside, which MESH forgets too. @returns the path of the content */
export async function storeInto(
  folder: string,
  message: DownloadedMessage,
  knowledge: Knowledge,
  write: Write = writeDurably,
): Promise<string> {
  const file = path.join(folder, storedName(message, knowledge));
  if (message.kind !== 'report') await write(`${file}.mesh.json`, outsideOf(message));
  await storeAs(file, message, write);
  return file;
}

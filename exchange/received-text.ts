// What a received message is shown as: as it came, or, where it has no content to show, what is known of it. Pure.
import { laidOut } from '../core/document/format';
import { formatOf } from '../core/document/read-document';
import { mask } from '../mesh/errors';
import { LARGEST } from './outgoing';
import { labelOf, oneLine, type Received, titleOf } from './received';
import type { Fact, ResponseSentence } from './response-sentence';

export interface ReceivedText {
  /** For a tab, with the ending that fits what it is; nothing of a patient is in it. */
  name: string;
  text: string;
}

/** @param sentence of an answer */
export function receivedText(received: Received, sentence?: ResponseSentence): ReceivedText {
  const { text } = received;
  if (text === undefined || text.trim() === '')
    return { name: nameOf(received, 'txt'), text: described(received, sentence) };
  const ending = /^\s*[<[{]/.test(text) ? formatOf(text) : 'txt';
  return { name: nameOf(received, ending), text: laidOut(text) };
}

function nameOf(received: Received, ending: string): string {
  // An event may be displayed as anything.
  const name = mask(labelOf(received))
    .replace(/[^\p{L}\p{N} ()-]+/gu, ' ')
    .trim()
    .slice(0, 60);
  return `${name === '' ? 'Message' : name}.${ending}`;
}

const WIDTH = 84;
const LABEL = 19;

/** A report, or what is binary, too large or could not be had. */
function described(received: Received, sentence: ResponseSentence | undefined): string {
  const { unreadable, bytes, from, meshId } = received;
  // Of what is too large to be looked at no more was read.
  const size = bytes > LARGEST ? `More than ${LARGEST} bytes, not shown.` : `${bytes} bytes, not shown.`;
  const lines = sentence
    ? [sentence.headline, '', sentence.sentence, sentence.meaning, sentence.next, '', ...sentence.facts]
    : [
        titleOf(received),
        '',
        ...(unreadable === undefined ? [] : [unreadable]),
        size,
        '',
        ...(from === undefined ? [] : [{ label: 'From', value: from }]),
        { label: 'MESH id', value: meshId },
      ];
  return `${lines.flatMap(wrap).join('\n')}\n`;
}

function wrap(line: string | Fact): string[] {
  const { label, value } = typeof line === 'string' ? { label: undefined, value: line } : line;
  const indent = label === undefined ? '' : ' '.repeat(LABEL);
  const lines: string[] = [];
  let current = label === undefined ? '' : label.padEnd(LABEL);
  for (const word of oneLine(value).split(' ')) {
    const full = current.trim() !== label && current.trim() !== '' && current.length + word.length >= WIDTH;
    if (full) lines.push(current.trimEnd());
    current = (full ? indent : current) + word + ' ';
  }
  return [...lines, current.trimEnd()];
}

// A received message as a document to read: its meaning as comments on top, then what came. Pure.
import { UNREADABLE } from '../core/itk3/reply';
import type { Acknowledgement } from '../core/itk3/response';
import { LARGEST } from './outgoing';
import { oneLine, type Received, titleOf } from './received';
import type { Report } from '../mesh/reports';
import type { Exchange } from './timeline';
import { whenOf } from './when';

const WIDTH = 84;
const LABEL = 13;

/** A paragraph, or a fact with its name before it. */
type Line = string | { label: string; value: string };

/** @param sent how the message that is answered left this window, if it did */
export function responseText(received: Received, sent?: Exchange): string {
  const { acknowledgement, report, unreadable, text, bytes, from, meshId } = received;
  const lines: Line[] = acknowledgement
    ? acknowledgementLines(acknowledgement, titleOf(received), sent)
    : report
      ? reportLines(report, sent)
      : text === undefined
        ? [titleOf(received), ...fact('From', from)]
        : [titleOf(received), '', 'This is no acknowledgement, but a message of its own.', ...fact('From', from)];
  lines.push(...fact('MESH id', meshId));
  if (unreadable !== undefined)
    lines.push('', text === undefined ? unreadable : `${unreadable} It is shown as it came.`);
  // Of what is too large to be looked at no more was read.
  const size = bytes > LARGEST ? `More than ${LARGEST}` : bytes;
  const content = text === undefined ? `${size} bytes, not shown.` : unreadable === undefined ? pretty(text) : text;
  if (text !== undefined && content !== text) lines.push('', 'It came on one line and is laid out here.');
  const head = lines.flatMap(wrap).map((line) => `// ${line}`.trimEnd());
  return `${head.join('\n')}\n\n${content}\n`;
}

/** What MESH itself says of a message that it could not deliver. */
function reportLines({ code, meaning, linkedMessageId, event, description, at }: Report, sent?: Exchange): Line[] {
  return [
    `NOT DELIVERED${code === '' ? '' : `: ${code}`}`,
    '',
    meaning,
    '',
    ...fact('About', linkedMessageId ?? 'it does not say which message'),
    ...fact('', sent && `${sent.attempt.document.name}, sent ${whenOf(sent.at)} to ${sent.attempt.to}`),
    ...fact('Event', event),
    ...fact('MESH says', description),
    ...fact('At', at?.toISOString()),
  ];
}

function acknowledgementLines(read: Acknowledgement, title: string, sent?: Exchange): Line[] {
  const { answers, senderReference, responder, timestamp, meaning, layer, accepted, diagnostics, conflict } = read;
  const which = answers === UNREADABLE ? 'a message whose identifier the receiver could not read' : answers;
  const when =
    sent && `${sent.attempt.document.name}, sent ${whenOf(sent.at)}${sent.meshId ? ` as ${sent.meshId}` : ''}`;
  const verdict = accepted === undefined ? 'UNCLEAR' : accepted ? 'ACCEPTED' : 'REJECTED';
  return [
    `${verdict}: ${title}`,
    '',
    meaning ?? 'ITK3 2.10.0 lists no such code.',
    CONSEQUENCES[layer ?? 'unknown'][accepted === undefined ? 'unclear' : accepted ? 'accepted' : 'rejected'],
    '',
    ...fact('Answers', which ?? 'it does not say which message'),
    ...fact('', when),
    ...fact('Kind', layer && `${layer} acknowledgement`),
    ...fact('Answered by', responder && `ODS code ${responder}`),
    ...fact('Answered at', timestamp),
    ...fact('Reference', senderReference),
    ...fact('Diagnostics', diagnostics),
    ...fact('Sources', conflict && `The published sources contradict each other. ${conflict}`),
  ];
}

/** What the sender knows now (ITK3 Message Distribution 2.10.0, acknowledgement sequence). */
const CONSEQUENCES = {
  infrastructure: {
    accepted:
      'The receiving system has the message. Whether the recipient can act on it is told by a business acknowledgement, if one was asked for.',
    rejected:
      'The receiving system refused the message. Nobody will act on it and no further answer follows: correct it and send it again.',
    unclear: 'Whether the receiving system has the message cannot be told from this answer.',
  },
  business: {
    accepted: 'The recipient has taken the message in. The exchange is complete.',
    rejected: 'The recipient cannot act on the message. No further answer follows: a person has to follow it up.',
    unclear: 'Whether the recipient can act on the message cannot be told from this answer.',
  },
  unknown: {
    accepted: 'The answer says that all is well.',
    rejected: 'The answer says that the message failed.',
    unclear: 'What became of the message cannot be told from this answer.',
  },
};

function fact(label: string, value: string | undefined): Line[] {
  return value === undefined || value === '' ? [] : [{ label, value }];
}

function wrap(line: Line): string[] {
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

/** Laid out when it came on one line. */
function pretty(text: string): string {
  if (text.trim().includes('\n')) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

// What lies in a mailbox, a line each: nothing of a patient, and no subject.
import { plural } from '../../exchange/outgoing';
import { type Place, whereIs } from '../../exchange/place';
import { aboutOf, labelOf, type Received } from '../../exchange/received';
import type { Journal } from '../../exchange/sent-journal';
import { size } from '../../exchange/summary';
import { shortly } from '../../exchange/when';
import type { MeshClient } from '../../mesh/client';
import { maskAddress } from '../../mesh/errors';
import { EXIT } from '../exit';
import { painterFor } from '../reporters/colours';
import type { Terminal } from '../terminal';
import { openInbox } from './look';
import { columns, type OutputFormat } from './output';
import { safe } from './steps';

export interface Means {
  place: Place;
  client: MeshClient;
  journal: Journal;
}

export async function listInbox(
  means: Means,
  { limit, format }: { limit: number; format: OutputFormat },
  terminal: Terminal,
): Promise<number> {
  const { place, journal } = means;
  const { received, older } = await openInbox(means, terminal).look({ limit });
  if (format === 'json') {
    const entries = received.map((one) => entryOf(one, journal));
    terminal.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
    if (older > 0) terminal.stderr.write(`itk3: ${older} older are not listed: --limit lists more.\n`);
    return EXIT.ok;
  }
  const paint = painterFor(terminal);
  const where = `${place.name === place.mailbox ? '' : `${place.name}, `}${whereIs(place)}`;
  if (received.length === 0) {
    terminal.stdout.write(`Nothing lies in ${safe(where)}.\n`);
    return EXIT.ok;
  }
  const now = terminal.now();
  const rows = received.map((one) => [
    safe(one.meshId),
    one.at ? shortly(one.at, now) : '',
    safe(maskAddress(one.from ?? 'MESH')),
    size(one.bytes),
    safe(tell(one, journal)),
  ]);
  const [head = '', ...lines] = columns([['MESH id', 'When', 'From', 'Size', 'What'], ...rows]);
  const count =
    older > 0 ? `${received.length} of ${received.length + older} messages` : plural(received.length, 'message');
  terminal.stdout.write(`${count} in ${safe(where)}, newest first\n\n${paint(head, 'dim')}\n${lines.join('\n')}\n`);
  return EXIT.ok;
}

/** `20013 Success · infrastructure · accepted · answers draft.json (fcbe8af3)`. */
function tell(one: Received, journal: Journal): string {
  const about = one.acknowledgement || one.report ? aboutOf(one, journal.of(one)) : (one.unreadable ?? '');
  return [labelOf(one), about].filter((text) => text !== '').join(' · ');
}

function entryOf(one: Received, journal: Journal): Record<string, unknown> {
  const { meshId, at, from, workflowId, bytes, acknowledgement: answer, report, unreadable } = one;
  const sent = journal.of(one);
  return {
    meshId,
    at: at ?? null,
    from: from === undefined ? null : maskAddress(from),
    workflowId: workflowId ?? null,
    bytes,
    kind: safe(labelOf(one)),
    acknowledgement: answer
      ? {
          layer: answer.layer ?? null,
          code: answer.code === undefined ? null : safe(answer.code),
          accepted: answer.accepted ?? null,
          answers: answer.answers === undefined ? null : safe(answer.answers),
        }
      : null,
    report: report ? { code: safe(report.code), about: report.linkedMessageId ?? null } : null,
    sent: sent ? { id: sent.attempt.id, file: sent.attempt.document.name } : null,
    unreadable: unreadable === undefined ? null : safe(unreadable),
  };
}

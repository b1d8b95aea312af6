// Several messages sent one after another: what is told of all before, and the table at the end. Pure.
import { idInJournal } from './attempt';
import { doubtsAboutPatient } from './guards';
import { errorsIn, plural } from './outgoing';
import { isLive, LIVE } from './place';
import { type Departure, notesOnContent, size, tellEnvironment } from './summary';
import { wordFor } from './wire';

/** A message that may go, under the name by which its file is told. */
export interface Ready {
  name: string;
  departure: Departure;
}

export interface LeftOut {
  name: string;
  why: string;
}

export type Outcome = 'sent' | 'not sent' | 'unclear' | 'not tried' | 'left out';

export interface Row {
  name: string;
  outcome: Outcome;
  meshId?: string;
  /** What came of it so far, or why it did not go. */
  says: string;
}

/** Those whose identifier an earlier one of them has: receivers refuse the second one (20007). */
export function twinsAmong<T extends { messageId?: string }>(messages: readonly T[]): T[] {
  const seen = new Set<string>();
  return messages.filter(({ messageId }) => {
    const id = messageId === undefined ? undefined : idInJournal(messageId);
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return false;
    }
    return true;
  });
}

/** What came of one, and whether the others are not to be tried after it. */
export interface Tried<R extends Row> {
  row: R;
  stops?: boolean;
}

/**
 * Each after the one before it, a row for each, until one stops the others or the person cancels. A message that has been
 * begun is not cancelled half-way: that would leave it unclear.
 */
export async function oneAfterAnother<T extends { name: string }, R extends Row>(
  all: readonly T[],
  isCancelled: () => boolean,
  send: (one: T, index: number) => Promise<Tried<R>>,
): Promise<(R | Row)[]> {
  const rows: (R | Row)[] = [];
  let stopped: string | undefined;
  for (const [i, one] of all.entries()) {
    if (isCancelled()) stopped ??= 'Cancelled before it.';
    if (stopped !== undefined) {
      rows.push({ name: one.name, outcome: 'not tried', says: stopped });
      continue;
    }
    const { row, stops } = await send(one, i);
    rows.push(row);
    if (stops) stopped = 'Not tried after what happened before it.';
  }
  return rows;
}

/** How many names are told of before the rest is only counted. */
const MOST = 8;

/** `a.json, b.json and 3 more`. */
export function namesOf(all: readonly { name: string }[]): string {
  const names = all.slice(0, MOST).map(({ name }) => name);
  return all.length > MOST ? `${names.join(', ')} and ${all.length - MOST} more` : names.join(', ');
}

/** Lines for a dialogue that stops a send. */
export function summaryOfSeveral(ready: readonly Ready[], leftOut: readonly LeftOut[]): string {
  const departures = ready.map(({ departure }) => departure);
  const [first] = departures;
  if (!first) return '';
  const { from } = first;
  const doubtful = ready.filter(({ departure }) => doubtsAboutPatient(departure).length > 0);
  const wrong = ready.filter(({ departure }) => errorsIn(departure.outgoing.findings).length > 0);
  const again = ready.filter(({ departure }) => departure.before);
  const converted = ready.filter(({ departure }) => departure.wire.from !== undefined);
  const pending = departures.some((departure) => departure.pending !== undefined);
  const bytes = departures.reduce((sum, { wire }) => sum + Buffer.byteLength(wire.text), 0);
  const forms = [...new Set(departures.map(({ wire }) => wordFor(wire.format)))].sort().reverse().join(' and ');
  const about = (what: string, some: readonly Ready[]): string[] =>
    some.length > 0 ? [`${what}: ${some.length} (${namesOf(some)})`] : [];
  return [
    ...(isLive(from) ? [LIVE, ''] : []),
    ...(doubtful.length > 0 && !isLive(from)
      ? [`${doubtful.length} of ${ready.length} may be about a real patient: ${namesOf(doubtful)}.`, '']
      : []),
    `Environment: ${tellEnvironment(from)}`,
    `From: ${from.name === from.mailbox ? from.mailbox : `${from.name} (${from.mailbox})`}`,
    `To: ${recipientsOf(departures)}`,
    `Workflow: ${different(departures.map(({ workflowId }) => workflowId))}`,
    `Messages: ${ready.length}, ${size(bytes)} of ${forms} together`,
    ...about('Converted as they leave', converted),
    ...about('With errors', wrong),
    ...about('Sent before, or with an identifier that another of them has', again),
    ...(leftOut.length > 0 ? [`Left out: ${leftOut.length} (${namesOf(leftOut)})`] : []),
    '',
    ...(pending ? ['· Found: what the terminology server says of codes is not known of all of them.'] : []),
    '· They go one after another. Cancel stops between two of them; a table says what went and what did not.',
    ...tellNotes(ready),
  ].join('\n');
}

/** Each note once, with the names of those that it is about. */
function tellNotes(ready: readonly Ready[]): string[] {
  const notes = new Set(ready.flatMap(({ departure }) => notesOnContent(departure)));
  return [...notes].map((says) => {
    const about = ready.filter(({ departure }) => notesOnContent(departure).includes(says));
    return `· Content of ${namesOf(about)}: ${says}`;
  });
}

/** By patients: each goes to the practice of its own, whose addresses are too many to be read here. */
function recipientsOf(departures: readonly Departure[]): string {
  const byPatient = departures.filter(({ to }) => /^GPPROVIDER/i.test(to));
  if (byPatient.length === 0) return different(departures.map(({ to }) => to));
  const addresses = new Set(byPatient.map(({ to }) => to)).size;
  const practices = `the practices of their patients (GP routing, ${plural(addresses, 'patient')})`;
  const others = departures.filter(({ to }) => !/^GPPROVIDER/i.test(to)).map(({ to }) => to);
  return others.length === 0 ? practices : `${practices}, ${different(others)}`;
}

function different(all: readonly string[]): string {
  return [...new Set(all)].join(', ');
}

const OUTCOMES: readonly Outcome[] = ['sent', 'unclear', 'not sent', 'not tried', 'left out'];

/** `3 sent, 1 unclear, 2 not tried`. */
export function countRows(rows: readonly Row[]): string {
  const counts = OUTCOMES.map((outcome) => [rows.filter((row) => row.outcome === outcome).length, outcome] as const);
  return counts
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${outcome}`)
    .join(', ');
}

/** A longer sentence pushes aside its own line only. */
const WIDEST = 60;

/** A text in columns, for a fixed-width font. @param title what was done, without a full stop */
export function tableOf(title: string, rows: readonly Row[]): string {
  // The sentence before the id: it is what is read, and the id is long.
  const head = ['File', 'Result', 'So far', 'MESH id'];
  const cells = rows.map(({ name, outcome, meshId, says }) => [name, outcome, says, meshId ?? '–']);
  const widths = head.map((label, i) =>
    Math.min(WIDEST, Math.max(label.length, ...cells.map((row) => row[i]?.length ?? 0))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('   ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('   ');
  const unclear = rows.some(({ outcome }) => outcome === 'unclear') ? [UNCLEAR, ''] : [];
  return [`${title}: ${countRows(rows)}.`, '', ...unclear, line(head), rule, ...cells.map(line), ''].join('\n');
}

const UNCLEAR = 'Nobody knows yet whether what is unclear arrived: ask MESH in the view Sent before it is sent again.';

// What a person is asked before a message leaves the machine. Where nobody can be asked, nothing is taken for granted.
import { guardsOf } from '../../exchange/guards';
import { isLive, type Place } from '../../exchange/place';
import { summaryOfSeveral } from '../../exchange/several';
import { summary } from '../../exchange/summary';
import { CommandError } from '../exit';
import { printable } from '../printable';
import type { Terminal } from '../terminal';
import type { Ready } from './ready';

/** Throws where something would have to be asked and nobody is there: before secrets are asked for. */
export function refuseUnasked(all: readonly Ready[], from: Place, yes: boolean, { ask }: Terminal): void {
  if (from.sandbox || ask) return;
  const [guard] = guardsOf(from, departuresOf(all));
  if (guard)
    throw new CommandError(
      `Nothing was sent. ${guard.title}: a person has to type a word for that, at a terminal, and --yes does not stand for it.`,
    );
  if (!yes)
    throw new CommandError(
      `Nothing was sent: nobody is there to be asked whether it is to go to ${from.endpoint.host}. Give --yes, or look first with --dry-run.`,
    );
}

/** True when all was said that has to be. To a sandbox nothing is asked. */
export async function confirm(
  all: readonly Ready[],
  from: Place,
  yes: boolean,
  { ask, stderr }: Terminal,
): Promise<boolean> {
  if (from.sandbox || !ask) return true;
  const departures = departuresOf(all);
  const guards = guardsOf(from, departures);
  if (!yes || guards.length > 0) {
    const [first] = departures;
    const told = first && departures.length === 1 ? summary(first, false) : summaryOfSeveral(all, []);
    stderr.write(`\n${told.split('\n').map(printable).join('\n')}\n\n`);
  }
  if (!yes) {
    const where = isLive(from) ? `LIVE MESH at ${from.endpoint.host}` : from.endpoint.host;
    const what = all.length === 1 ? 'this message' : `these ${all.length} messages`;
    const answer = await ask(`Send ${what} to ${where}? (yes/no) `);
    if (!/^\s*y(es)?\s*$/i.test(answer ?? '')) return false;
  }
  for (const { word, title, why } of guards) {
    const typed = await ask(`${printable(`${title}. ${why}`)}\n> `);
    if (typed?.trim() !== word) return false;
  }
  return true;
}

function departuresOf(all: readonly Ready[]) {
  return all.map(({ departure }) => departure);
}

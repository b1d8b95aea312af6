// Following as a person sees it: a line for each step as it comes, and at the end where it stands.
import type { Place } from '../../exchange/place';
import type { Journal } from '../../exchange/sent-journal';
import type { Exchange } from '../../exchange/timeline';
import type { MeshClient } from '../../mesh/client';
import { painterFor } from '../reporters/colours';
import type { Terminal } from '../terminal';
import { type Ended, follow } from './follow';
import { openInbox } from './look';
import { safe, stepLines } from './steps';

interface Told {
  place: Place;
  client: MeshClient;
  journal: Journal;
  ids: readonly string[];
  seconds: number;
  /** The options that name the mailbox again. */
  same: string;
  /** Nothing goes to standard output: something else is printed there. */
  quiet: boolean;
}

export async function followTold(told: Told, terminal: Terminal): Promise<Ended> {
  const { place, client, journal, ids, seconds, same, quiet } = told;
  const { stdout, stderr } = terminal;
  const paint = painterFor(terminal);
  const inbox = openInbox({ place, client, journal }, terminal);
  let about: string | undefined;
  const ended = await follow(
    {
      ...{ place, client, journal, inbox, ids, seconds },
      onStep: (step, exchange) => {
        if (quiet) return;
        const { id, document } = exchange.attempt;
        if (ids.length > 1 && about !== id) stdout.write(`${paint(safe(document.name), 'bold')}\n`);
        about = id;
        const telling = { knowledge: terminal.knowledge(), now: terminal.now(), paint, find: inbox.find };
        stdout.write(`${stepLines(step, exchange, telling).join('\n')}\n`);
      },
    },
    terminal,
  );
  const exchanges = ids.flatMap((id) => journal.get(id) ?? []);
  if (!quiet) for (const exchange of exchanges) stdout.write(endOf(exchange, ids.length > 1));
  if (ended !== 'all has come') {
    const why = ended === 'interrupted' ? 'You stopped waiting.' : 'Not everything has come in this time.';
    const [first] = ids;
    const one = ids.length === 1 && first !== undefined ? ` ${first.slice(0, 8)}` : '';
    stderr.write(`itk3: ${why} What was sent is sent: "itk3 track${one} ${same} --wait" goes on.\n`);
  }
  return ended;
}

function endOf({ headline, next, attempt }: Exchange, isNamed: boolean): string {
  const name = isNamed ? `${safe(attempt.document.name)}: ` : '';
  return `${name}${safe(headline)}.\n${next === undefined ? '' : `  ${safe(next)}\n`}`;
}

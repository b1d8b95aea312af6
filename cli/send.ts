// itk3 send: messages to a MESH mailbox, safely, and followed to the last acknowledgement.
import { dryRun } from '../exchange/dry-run';
import { countRows, oneAfterAnother } from '../exchange/several';
import { type Command, readArguments } from './command';
import { CommandError, EXIT } from './exit';
import { formNamed, FORMS } from './forms';
import { whyNotAgain } from './mailbox/again';
import { chooseMailbox, type Chosen } from './mailbox/choose';
import { confirm, refuseUnasked } from './mailbox/confirm';
import { connect } from './mailbox/connect';
import { carry, type SentRow } from './mailbox/carry';
import { followTold } from './mailbox/follow-told';
import { exitFor } from './mailbox/follow';
import { completed, MAILBOX_HELP, MAILBOX_OPTIONS, STATE_HELP, USUAL_WAIT, waitingTime } from './mailbox/options';
import { makeReady, type Ready, type Stopped, type Wishes } from './mailbox/ready';
import { FORMATS, formatNamed } from './mailbox/output';
import { openJournal } from './mailbox/state';
import { exchangeEntry } from './mailbox/steps';
import { printable } from './printable';
import { messagesNamed } from './read-input';
import type { Terminal } from './terminal';

const OPTIONS = {
  ...MAILBOX_OPTIONS,
  to: { type: 'string' },
  workflow: { type: 'string' },
  form: { type: 'string', value: FORMS },
  'dry-run': { type: 'boolean' },
  whole: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  wait: { type: 'string', mayLack: true },
  fresh: { type: 'boolean' },
  again: { type: 'boolean' },
  'with-errors': { type: 'boolean' },
  format: { type: 'string', value: FORMATS },
} as const;

export const send: Command = {
  name: 'send',
  summary: 'Sends messages to a MESH mailbox, and follows them to the last acknowledgement',
  options: OPTIONS,
  help: `itk3 send [OPTION]… FILE…

  itk3 send message.json --sandbox --wait       To the practice of "itk3 sandbox", and what it answers
  itk3 send message.json --dry-run              What would leave, and where to; nothing is sent
  itk3 send message.json --mailbox Integration  From a mailbox of the team's file, to the patient's practice
  itk3 send message.json --mailbox Integration --to X26OT001
                                                To a mailbox
  itk3 send fixtures/*.json --sandbox --fresh   Several, one after another, each with fresh identifiers
  itk3 send --sandbox --wait --format json message.json | jq -r '.[].exchange.headline'
                                                For scripts

A message is checked first, and one with errors does not go. What may be about a real patient, and what goes to live MESH,
goes only after a person has typed a word for it. When an answer of MESH is lost, MESH is asked what became of the
message; nothing is ever sent a second time by itself.

${MAILBOX_HELP}
Options
  --to MAILBOX      the recipient; GPPROVIDER is the practice of the message's patient. Without it, as the kind of
                    message says; in the sandbox, its practice
  --workflow ID     under which it travels, where the kind of message does not say
  --form ${FORMS.join('|').padEnd(10)} the form in which it leaves: FHIR XML unless the mailbox says otherwise
  --dry-run         say what would leave, without the patient; --whole with the patient. Nothing is sent
  --yes, -y         do not ask whether it is to go; guards ask all the same
  --wait [SECONDS]  follow it until the last acknowledgement has come, ${USUAL_WAIT} seconds at most unless said otherwise
  --fresh           give it fresh identifiers as it leaves; the file stays as it is
  --again           send it although it was sent before; receivers refuse the second one (20007)
  --with-errors     send it although it has errors, to see what a receiver makes of it; never to live MESH
  --format json     for scripts: one array, an object for each file

${STATE_HELP}
Exit codes
  0  MESH has all of them; with --wait: all were accepted
  1  one has errors, may not go or was sent before, and nothing was sent; or an answer is a refusal
  2  misuse, not reached, or not known yet: the sentence says which
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(completed(args), OPTIONS, 'itk3 send');
    const files = messagesNamed(positionals);
    if (files.length === 0)
      throw new CommandError('send needs a file: itk3 send message.json, or - for standard input.');
    const format = formatNamed(values.format, 'itk3 send');
    const seconds = waitingTime(values.wait);
    const wishes: Wishes = {
      to: values.to,
      workflow: workflowNamed(values.workflow),
      form: values.form === undefined ? undefined : formNamed(values.form, 'itk3 send'),
      fresh: values.fresh ?? false,
      withErrors: values['with-errors'] ?? false,
      dryRun: values['dry-run'] ?? false,
    };
    const chosen = chooseMailbox(values, 'itk3 send', terminal);
    const { place, again: same } = chosen;
    const journal = await openJournal(terminal, chosen.times);
    const ready: Ready[] = [];
    const stopped: Stopped[] = [];
    for (const file of files) {
      const one = await makeReady(file, chosen, wishes, journal, terminal);
      if ('why' in one) stopped.push(one);
      else ready.push(one);
    }
    if (wishes.dryRun) return tellDryRun(ready, stopped, values.whole ?? false, terminal);
    if (stopped.length > 0) return tellStopped(stopped, files.length, terminal);
    const yes = values.yes ?? false;
    refuseUnasked(ready, place, yes, terminal);
    const client = await connect(place, terminal);
    const again = values.again ?? false;
    const before = await whyNotAgain(ready, { client, journal, again }, terminal);
    if (before.length > 0) return tellStopped(before, files.length, terminal);
    if (!(await confirm(ready, place, yes, terminal))) {
      terminal.stderr.write('itk3: Nothing was sent.\n');
      return EXIT.misuse;
    }
    const signal = terminal.interrupted();
    const means = { client, journal, place, same };
    const rows = await oneAfterAnother<Ready, SentRow>(
      ready,
      () => signal.aborted,
      async (one) => {
        const tried = await carry(one, means, terminal);
        if (format === 'text') tellRow(tried.row, same, { seconds }, terminal);
        else if (tried.row.outcome !== 'sent') complain(tried.row.name, tried.row.says, terminal);
        return tried;
      },
    );
    return finish(rows, { ...means, chosen, seconds, format }, terminal);
  },
};

function workflowNamed(given: string | undefined): string | undefined {
  if (given === undefined || /^[\x21-\x7e]{1,300}$/.test(given)) return given;
  throw new CommandError('--workflow takes an id without spaces, as DIGMED_EMG_MED.');
}

function tellDryRun(ready: readonly Ready[], stopped: readonly Stopped[], whole: boolean, terminal: Terminal): number {
  const texts = [
    ...ready.map(({ name, departure }) => dryRun(name, departure, { whole })),
    ...stopped.flatMap(({ name, why, departure }) =>
      departure ? dryRun(name, departure, { whole, forbidden: `it ${why}` }) : [],
    ),
  ];
  const lines = texts.map((text) => text.split('\n').map(printable).join('\n'));
  terminal.stdout.write(lines.join('\n'));
  for (const { name, why, departure } of stopped) if (!departure) complain(name, why, terminal);
  return worst(stopped);
}

function tellStopped(stopped: readonly Stopped[], of: number, terminal: Terminal): number {
  for (const { name, why } of stopped) complain(name, why, terminal);
  if (of > 1) terminal.stderr.write(`itk3: None of the ${of} messages was sent.\n`);
  return worst(stopped);
}

function worst(stopped: readonly Stopped[]): number {
  return Math.max(EXIT.ok, ...stopped.map(({ code }) => code));
}

function complain(name: string, why: string, { stderr }: Terminal): void {
  stderr.write(`itk3: ${printable(`${name} ${why}`)}\n`);
}

function tellRow(row: SentRow, same: string, { seconds }: { seconds?: number }, terminal: Terminal): void {
  const { name, outcome, meshId, says, attempt } = row;
  if (outcome !== 'sent') {
    complain(name, says, terminal);
    return;
  }
  const called = meshId === undefined ? '' : ` MESH calls it ${meshId}.`;
  terminal.stdout.write(`${printable(`${name}: ${says}${called}`)}\n`);
  if (seconds === undefined && attempt !== undefined)
    terminal.stdout.write(`  itk3 track ${attempt.slice(0, 8)} ${same} --wait  follows it\n`);
}

interface Finishing {
  client: Parameters<typeof followTold>[0]['client'];
  journal: Parameters<typeof followTold>[0]['journal'];
  chosen: Chosen;
  same: string;
  seconds: number | undefined;
  format: 'text' | 'json';
}

async function finish(
  rows: readonly SentRow[],
  { client, journal, chosen, same, seconds, format }: Finishing,
  terminal: Terminal,
): Promise<number> {
  const ids = rows.flatMap(({ outcome, attempt }) => (outcome === 'sent' && attempt !== undefined ? attempt : []));
  if (rows.length > 1) {
    const out = format === 'text' ? terminal.stdout : terminal.stderr;
    out.write(`${format === 'text' ? '' : 'itk3: '}${countRows(rows)}.\n`);
  }
  const sent = Math.max(EXIT.ok, ...rows.map(({ code = EXIT.misuse }) => code));
  let code = sent;
  if (seconds !== undefined && ids.length > 0) {
    const quiet = format === 'json';
    await followTold({ place: chosen.place, client, journal, ids, seconds, same, quiet }, terminal);
    code = Math.max(sent, exitFor(ids.flatMap((id) => journal.get(id) ?? [])));
  }
  if (format === 'json') {
    const entries = rows.map(({ name, outcome, meshId, says, attempt }) => {
      const exchange = attempt === undefined ? undefined : journal.get(attempt);
      const known = exchange ? exchangeEntry(exchange) : null;
      return { file: name, outcome, meshId: meshId ?? null, says, exchange: known };
    });
    terminal.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
  }
  return code;
}

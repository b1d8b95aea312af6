// itk3 inbox: what lies in a mailbox, read and collected. Nothing is taken out but what is safely stored.
import { type Command, readArguments, suggestion } from './command';
import { CommandError } from './exit';
import { chooseMailbox } from './mailbox/choose';
import { collectInbox } from './mailbox/collect';
import { connect } from './mailbox/connect';
import { listInbox } from './mailbox/list';
import { PAGE } from './mailbox/look';
import { completed, MAILBOX_HELP, MAILBOX_OPTIONS, STATE_HELP } from './mailbox/options';
import { formatNamed } from './mailbox/output';
import { readFromInbox } from './mailbox/read';
import { openJournal } from './mailbox/state';

const OPTIONS = {
  ...MAILBOX_OPTIONS,
  out: { type: 'string' },
  'take-out': { type: 'boolean' },
  limit: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  format: { type: 'string' },
} as const;

const WORDS = ['list', 'read', 'collect'] as const;

export const inbox: Command = {
  name: 'inbox',
  summary: 'Lists what lies in a MESH mailbox, reads it and collects it',
  help: `itk3 inbox [list | read ID | collect] [OPTION]…

  itk3 inbox --sandbox                          What lies in the mailbox of the sandbox's pharmacy
  itk3 inbox --mailbox Integration              The same of a mailbox of the team's file
  itk3 inbox read 20261204 --sandbox            Print a message; a part of its id is enough where it is the only one
  itk3 inbox read 20261204 --sandbox --out in   Keep it in the folder in
  itk3 inbox read 20261204 --sandbox --out in --take-out
                                                The same, then take it out of the mailbox
  itk3 inbox collect --sandbox --out in         All of them: each is stored, then taken out

Reading takes nothing out. What is taken out MESH deletes for good, so it is stored first, whole or not at all, as a file
that only you may read; no file is ever written over. The list tells nothing of patients; a message that is printed or
kept does. What a message says of one that was sent is written down for "itk3 track".

${MAILBOX_HELP}
Options
  --limit N       how many of the newest are listed (${PAGE} unless said otherwise)
  --out FOLDER    where messages are kept, beside each what stood on its outside
  --take-out      take it out of the mailbox once it is stored
  --yes, -y       do not ask before messages are taken out
  --format json   for scripts: one array on standard output

${STATE_HELP}
Exit codes
  0  done
  1  something stays in the mailbox although it was to be taken out
  2  misuse, or the mailbox could not be reached
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(completed(args), OPTIONS, 'itk3 inbox');
    const [word = 'list', id, ...more] = positionals;
    const what = WORDS.find((one) => one === word);
    if (!what)
      throw new CommandError(`inbox cannot "${word}": ${suggestion(word, WORDS, 'itk3 inbox ', 'itk3 inbox --help')}`);
    if (what === 'read' ? id === undefined || more.length > 0 : id !== undefined)
      throw new CommandError(
        what === 'read'
          ? 'inbox read needs the id of one message: itk3 inbox lists them.'
          : `inbox ${what} takes no id: itk3 inbox read ID reads one message.`,
      );
    const { out } = values;
    const takeOut = values['take-out'] ?? false;
    if (what === 'collect' && out === undefined)
      throw new CommandError('inbox collect needs a folder, where all is stored before it is taken out: --out FOLDER.');
    if (takeOut && (what !== 'read' || out === undefined))
      throw new CommandError(
        '--take-out goes with "inbox read ID --out FOLDER": what is taken out has to be stored first.',
      );
    const format = formatNamed(values.format, 'itk3 inbox');
    const limit = limitNamed(values.limit);
    const yes = values.yes ?? false;
    const { place, times } = chooseMailbox(values, 'itk3 inbox', terminal);
    if (!place.sandbox && !yes && !terminal.ask && (what === 'collect' || takeOut))
      throw new CommandError(
        'Nothing was taken out: nobody is there to be asked, and MESH deletes for good what is taken out. Give --yes.',
      );
    const journal = await openJournal(terminal, times);
    const client = await connect(place, terminal);
    const means = { place, client, journal };
    if (what === 'list') return listInbox(means, { limit, format }, terminal);
    if (what === 'read') return readFromInbox(means, { id: id ?? '', out, takeOut, yes }, terminal);
    return collectInbox(means, { out: out ?? '', yes, format }, terminal);
  },
};

function limitNamed(value: string | undefined): number {
  if (value === undefined) return PAGE;
  if (/^\d{1,6}$/.test(value) && Number(value) > 0) return Number(value);
  throw new CommandError('--limit takes a number of messages: --limit 50.');
}

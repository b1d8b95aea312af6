// itk3 new: prints a message to start from.
import { kindsOfMessage, type KindOfMessage } from '../core/draft/choices';
import { chooseCast } from '../core/draft/choose-cast';
import { draftMessage } from '../core/draft/message';
import { seeded } from '../core/draft/seeded';
import { writeXml } from '../core/document/write-xml';
import { readWishes } from '../core/draft/wishes';
import { readTime } from '../core/itk3/times';
import { either } from '../core/validate/wording';
import type { Loaded } from '../profiles/load';
import { type Command, readArguments, suggestion } from './command';
import { CommandError, EXIT } from './exit';
import { choicesOf } from './new-choices';
import { formNamed, FORMS } from './forms';
import { printable } from './printable';
import type { Terminal } from './terminal';

const OPTIONS = {
  version: { type: 'string' },
  sender: { type: 'string' },
  mailbox: { type: 'string' },
  patient: { type: 'string' },
  pharmacy: { type: 'string' },
  practice: { type: 'string' },
  medicine: { type: 'string', multiple: true },
  seed: { type: 'string' },
  at: { type: 'string' },
  format: { type: 'string', value: FORMS },
  profiles: { type: 'string', value: 'file', multiple: true },
  list: { type: 'boolean' },
} as const;

export const create: Command = {
  name: 'new',
  summary: 'Prints a new, valid message about an invented patient',
  options: OPTIONS,
  takes: ({ knowledge }) => kindsOfMessage(knowledge()).map(({ kind }) => kind),
  help: `itk3 new KIND [OPTION]…

  itk3 new emergency-supply                       Print it
  itk3 new emergency-supply > my-message.json     Keep it
  itk3 new emergency-supply --format xml          As it travels
  itk3 new emergency-supply | itk3 validate -     Prove that it is valid
  itk3 new --list                                 Whom and what there is to choose from
  itk3 new emergency-supply --patient zoë --medicine paracetamol --medicine fluclox
                                                  About whom and what you choose
  itk3 new emergency-supply --sender X26 --mailbox X26OT001
                                                  From you
  itk3 new emergency-supply --version 1.1.3       As an older version of the guide has it
  itk3 new emergency-supply --seed 7 --at 2026-11-20T09:30:00Z
                                                  The same each time, to the letter: for fixtures

Every message has fresh identifiers, the time of now and an invented patient with a valid NHS number of the test range
(999 …). What is not chosen is drawn. Without --mailbox, replace SENDER_MESH_MAILBOX_ID by the mailbox that sends it.

Options
  --patient WORDS   whom it is about: words of the name, the NHS number, an age ("11 months")
  --medicine WORDS  what was supplied; give it again for more
  --pharmacy WORDS  who supplied it
  --practice WORDS  the practice that is told
  --sender ODS      the pharmacy's ODS code, where it is to be one of your own
  --mailbox ID      the MESH mailbox that will send it
  --version VERSION the version of the guide that it is written by
  --seed WORD       draw by this word: the same people and identifiers each time
  --at TIME         the time it is written at, as 2026-11-20T09:30:00Z, instead of now
  --format ${FORMS.join('|')} how it is written: FHIR XML is what travels, FHIR JSON (the default) is easier to edit
  --profiles PATH   kinds of message of your own as well, by their MessageDefinitions: see itk3 validate --help
  --list            show kinds, versions, patients, pharmacies, practices and medicines
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 'itk3 new');
    const { knowledge, problems } = knowledgeFor(values.profiles, terminal);
    for (const problem of problems) terminal.stderr.write(printable(`itk3: ${problem}`) + '\n');
    const end = problems.length > 0 ? EXIT.misuse : EXIT.ok;
    const kinds = kindsOfMessage(knowledge);
    const form = formNamed(values.format ?? 'json', 'itk3 new');
    const [name, ...more] = positionals;
    if (more.length > 0) throw new CommandError('new makes one message at a time: give one kind.');
    const kind = name === undefined ? undefined : kindNamed(name, kinds);
    if (values.list) {
      terminal.stdout.write(choicesOf(kind ? [kind] : kinds, knowledge, terminal.now()));
      return Promise.resolve(end);
    }
    if (!kind) {
      throw new CommandError(`new needs a kind of message: itk3 new ${either(kinds.map((one) => one.kind))}.`);
    }
    const now = timeOf(values.at) ?? terminal.now();
    const chance = values.seed === undefined ? terminal : seeded(values.seed);
    const granted = readWishes(values, kind, knowledge, { now, called: (wish) => `--${wish}` });
    if (typeof granted === 'string') throw new CommandError(granted);
    const cast = chooseCast(knowledge.invented, chance.random, granted.wanted);
    const { random, randomUUID } = chance;
    const fresh = { now, random, randomUUID, mailbox: mailboxOf(values.mailbox) };
    const message = draftMessage(kind.kind, { knowledge, fresh, cast, version: granted.version });
    const { registry } = knowledge;
    terminal.stdout.write(form === 'xml' ? writeXml(message, registry).text : `${JSON.stringify(message, null, 2)}\n`);
    return Promise.resolve(end);
  },
};

function knowledgeFor(profiles: string[] | undefined, terminal: Terminal): Loaded {
  return profiles ? terminal.withPackages(profiles) : { knowledge: terminal.knowledge(), problems: [] };
}

function kindNamed(name: string, kinds: readonly KindOfMessage[]): KindOfMessage {
  const kind = kinds.find((one) => one.kind === name);
  if (kind) return kind;
  const names = kinds.map((one) => one.kind);
  throw new CommandError(`There is no kind of message "${name}": ${suggestion(name, names, '', 'itk3 new --help')}`);
}

function timeOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = readTime(text);
  if (!time || time.from !== time.to)
    throw new CommandError(`--at: "${text}" is no time: write it as 2026-11-20T09:30:00Z.`);
  return new Date(time.from);
}

function mailboxOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9_-]{1,100}$/.test(text)) return text?.toUpperCase();
  throw new CommandError(`--mailbox: "${text}" is no mailbox id, which holds letters, digits, "_" and "-" only.`);
}

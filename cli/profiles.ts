// itk3 profiles: what messages are judged by.
import { lastPart, type Registry } from '../core/definitions/registry';
import { kindsOfMessage } from '../core/draft/choices';
import type { Knowledge } from '../core/knowledge';
import { type Command, readArguments } from './command';
import { CommandError, EXIT } from './exit';
import { pageNamed } from './explanations';
import { printable, printableLines } from './printable';
import { painterFor } from './reporters/colours';
import type { Terminal } from './terminal';

const OPTIONS = {
  profiles: { type: 'string', value: 'file', multiple: true },
  all: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const profiles: Command = {
  name: 'profiles',
  summary: 'Lists the kinds of message and the profiles that messages are judged by',
  options: OPTIONS,
  takes: ({ knowledge }) => definitionsOf(knowledge().registry, false).map(({ name }) => name),
  help: `itk3 profiles [NAME…]

  itk3 profiles                            Kinds of message, profiles and extensions
  itk3 profiles CareConnect-Patient-1      One of them, element by element
  itk3 profiles Patient                    A type of STU3
  itk3 profiles --profiles ./our-profiles  With your own, marked, and what is wrong in them

Options
  --profiles PATH  profiles of your own as well: see itk3 validate --help
  --all            the extensions of STU3 itself too
  --json           for scripts: one array, [{ "name", "kind", "of", "url", "own" }]

Exit codes
  0  listed
  2  a name that is not known, or a package that cannot be read
`,
  run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 'itk3 profiles');
    if (values.json && positionals.length > 0)
      throw new CommandError('--json lists what there is: leave the names out, or leave out --json.');
    const own = values.profiles && terminal.withPackages(values.profiles);
    for (const problem of own?.problems ?? []) terminal.stderr.write(`itk3: ${printable(problem)}\n`);
    const knowledge = own?.knowledge ?? terminal.knowledge();
    const isKnown = positionals.map((name) => printed(name, knowledge, terminal));
    if (positionals.length === 0) {
      const listed = definitionsOf(knowledge.registry, values.all ?? false, own && terminal.knowledge().registry);
      if (values.json) terminal.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
      else terminal.stdout.write(listOf(listed, knowledge, terminal));
    }
    const isWhole = isKnown.every(Boolean) && (own?.problems.length ?? 0) === 0;
    return Promise.resolve(isWhole ? EXIT.ok : EXIT.misuse);
  },
};

interface Listed {
  name: string;
  kind: 'profile' | 'extension' | 'message';
  /** The type that it constrains, or the event of the message. */
  of: string;
  url: string;
  /** Whether the person brought it, or put it in the place of one that is built in. */
  own: boolean;
}

/** @param builtIn what is there without packages of the person's own */
function definitionsOf(registry: Registry, withStu3: boolean, builtIn: Registry = registry): Listed[] {
  const definitions = (kind: 'profile' | 'extension', urls: readonly string[]): Listed[] =>
    urls.map((url) => {
      const definition = registry.definition(url)!;
      // Every registry reads what is built in anew: the same definition is one that says the same.
      const own = JSON.stringify(builtIn.definition(url)) !== JSON.stringify(definition);
      return { name: lastPart(url), kind, of: definition.type, url, own };
    });
  const all = [
    ...registry.messageDefinitions().map(({ url, event }): Listed => {
      const own = JSON.stringify(builtIn.messageDefinition(url)) !== JSON.stringify(registry.messageDefinition(url));
      return { name: lastPart(url), kind: 'message', of: event.code, url, own };
    }),
    ...definitions('profile', registry.profileUrls()),
    ...definitions('extension', registry.extensionUrls()),
  ];
  return withStu3 ? all : all.filter(({ url, own }) => own || !url.startsWith('http://hl7.org/fhir/'));
}

const HEADINGS: Readonly<Record<Listed['kind'], string>> = {
  message: 'Definitions of messages, and their events',
  profile: 'Profiles, and their types',
  extension: 'Extensions',
};

function listOf(listed: readonly Listed[], knowledge: Knowledge, terminal: Terminal): string {
  const paint = painterFor(terminal);
  const kinds = kindsOfMessage(knowledge).map(({ kind, label, description, versions }) =>
    row(kind, [label, description, ...versions].join(' · '), 18),
  );
  const tables = Object.entries(HEADINGS).map(([kind, heading]) => {
    const rows = listed.filter((one) => one.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1));
    const width = Math.max(0, ...rows.map(({ name }) => name.length));
    const shown = rows.map(({ name, of, own }) =>
      row(name, [kind === 'extension' ? '' : of, own ? '(yours)' : ''].filter(Boolean).join('  '), width),
    );
    return [paint(heading, 'bold'), ...shown].join('\n');
  });
  return `${[[paint('Kinds of message (itk3 new)', 'bold'), ...kinds].join('\n'), ...tables].join('\n\n')}\n`;
}

function row(name: string, about: string, width: number): string {
  return `  ${printable(name.padEnd(width))}  ${printable(about)}`.trimEnd();
}

/** @returns whether there is a page of that name */
function printed(name: string, knowledge: Knowledge, { stdout, stderr }: Terminal): boolean {
  const page = pageNamed(name, knowledge);
  if (page === undefined)
    stderr.write(`itk3: There is no definition ${printable(`"${name}"`)}: itk3 profiles lists them.\n`);
  else stdout.write(`${printableLines(page.trimEnd())}\n`);
  return page !== undefined;
}

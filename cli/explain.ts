// itk3 explain: what a rule, a code or a name means.
import { type Command, readArguments, suggestion } from './command';
import { CommandError, EXIT } from './exit';
import { explainableWords, type Explanation, explanationsOf, pageNamed } from './explanations';
import { printable, printableLines } from './printable';
import { painterFor, type Paint } from './reporters/colours';
import type { Terminal } from './terminal';

const FORMATS = ['text', 'json'] as const;

const OPTIONS = { format: { type: 'string', value: FORMATS } } as const;

export const explain: Command = {
  name: 'explain',
  summary: 'Says what a rule, a response code, a code of MESH, a workflow or a profile means',
  options: OPTIONS,
  takes: ({ knowledge }) => explainableWords(knowledge()),
  help: `itk3 explain WORD…

  itk3 explain nhs-number              A rule: what it asks, by which standard, how to switch it
  itk3 explain 20013                   A response code: what it means and what its sender must do
  itk3 explain EPL-153                 A code of MESH
  itk3 explain GPFED_CONSULT_REPORT    A workflow id: what travels under it
  itk3 explain ITK010D                 The event of a message
  itk3 explain silence                 A scenario of the sandbox
  itk3 explain CareConnect-Patient-1   A profile, element by element; any type of STU3 too

A word that is several things is explained as each of them.

Options
  --format text   for a person (the default)
  --format json   for scripts: one array, [{ "title", "says": [], "facts": [[label, value]], "sources": [{ "title", "url" }] }]

Exit codes
  0  explained
  2  a word that nothing is known of; the others are explained all the same
`,
  run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 'itk3 explain');
    const { format = 'text' } = values;
    if (format !== 'text' && format !== 'json')
      throw new CommandError(
        `There is no format "${format}": ${suggestion(format, FORMATS, '', 'itk3 explain --help')}`,
      );
    if (positionals.length === 0) throw new CommandError('explain needs a word: itk3 explain nhs-number, or 20013.');
    const explained = positionals.map((word) => ({ word, ...meaningsOf(word, terminal) }));
    if (format === 'json') {
      const all = explained.flatMap(({ explanations }) => explanations);
      terminal.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    } else {
      const paint = painterFor(terminal);
      const pages = explained.flatMap(({ explanations, page }) => [
        ...explanations.map((one) => written(one, paint)),
        ...(page === undefined ? [] : [printableLines(page.trimEnd())]),
      ]);
      if (pages.length > 0) terminal.stdout.write(`${pages.join('\n\n')}\n`);
    }
    const unknown = explained.filter(({ explanations, page }) => explanations.length === 0 && page === undefined);
    for (const { word } of unknown) terminal.stderr.write(`itk3: ${printable(unknownWord(word, terminal))}\n`);
    return Promise.resolve(unknown.length > 0 ? EXIT.misuse : EXIT.ok);
  },
};

function meaningsOf(word: string, { knowledge }: Terminal) {
  const explanations = explanationsOf(word, knowledge());
  const page = explanations.length > 0 ? undefined : pageNamed(word, knowledge());
  return { explanations, page };
}

function written({ title, says, facts, sources }: Explanation, paint: Paint): string {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  return [
    paint(printable(title), 'bold'),
    ...says.map((line) => `  ${printable(line)}`),
    ...facts.map(([label, value]) => `  ${paint(label.padEnd(width), 'dim')}  ${printable(value)}`),
    ...sources.map((source) => paint(`  ${printable([source.title, source.url].filter(Boolean).join('  '))}`, 'dim')),
  ].join('\n');
}

function unknownWord(word: string, { knowledge }: Terminal): string {
  const words = explainableWords(knowledge());
  const [, meant] = /^(did you mean .*\?)$/.exec(suggestion(word, words, '', '')) ?? [];
  return `Nothing is known of "${word}": ${meant ?? 'name a rule, a code or a profile (see itk3 explain --help).'}`;
}

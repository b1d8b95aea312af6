// Writes the README's tables from the manifest, between <!-- name --> and <!-- /name -->. With --check only looks.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const readme = path.join(root, 'README.md');
const { contributes } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

const TABLES = {
  commands: () =>
    table(
      ['Command', 'What it does'],
      contributes.commands.map((c) => [`**${c.category}: ${c.title}**`, WHAT[c.command] ?? missing(c.command)]),
    ),
  settings: () =>
    table(
      ['Setting', 'Default', 'What it does'],
      Object.entries(contributes.configuration.properties).map(([name, setting]) => [
        `\`${name}\``,
        `\`${JSON.stringify(setting.default)}\``,
        (setting.markdownDescription ?? setting.description).split('\n\n')[0],
      ]),
    ),
};

/** The manifest holds titles only. */
const WHAT = {
  'itk3.newMessage': 'Opens a new, valid message about an invented patient, not saved yet.',
  'itk3.validateMessage': 'Says in a sentence what is right or wrong, and shows the problems.',
  'itk3.startSandbox': 'Starts a MESH of your own on this machine, with a pharmacy and a GP practice that answers.',
  'itk3.stopSandbox': 'Stops it.',
  'itk3.showSandbox': 'What the running sandbox offers: address, mailboxes, send, read, stop.',
  'itk3.sendMessage': 'Checks the message, shows what will leave and where it goes, and sends it.',
  'itk3.showResponses':
    'Lists the acknowledgements in a mailbox and opens them with their meaning. Reading takes nothing out.',
};

function missing(command) {
  throw new Error(`scripts/readme.mjs does not say what ${command} does`);
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ').replaceAll('\n', ' ')} |`).join('\n');
}

const before = fs.readFileSync(readme, 'utf8');
let after = before;
for (const [name, make] of Object.entries(TABLES)) {
  const marked = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
  if (!marked.test(after)) throw new Error(`README.md has no place for the table of ${name}`);
  after = after.replace(marked, (_, open, close) => `${open}\n\n${make()}\n\n${close}`);
}
after = await format(after, { ...(await resolveConfig(readme)), parser: 'markdown' });
if (after !== before) {
  if (process.argv.includes('--check')) {
    console.error('README.md does not say what package.json says: run npm run readme');
    process.exit(1);
  }
  fs.writeFileSync(readme, after);
}

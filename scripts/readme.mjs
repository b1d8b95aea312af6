// Writes what is made from the manifest, the rules and the sandbox's data: the tables of README.md, RULES.md and
// mesh/README.md, between <!-- name --> and <!-- /name -->, and the names of rules in the manifest itself. With --check
// only looks.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';
import { scenarioRows } from './scenario-rows.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json'));
const { contributes } = manifest;
const { RULES_BY_HEADING, ALL_RULES } = await source('core/rules/index.ts');
const { DIFFERENCES } = await source('mesh/sandbox/differences.ts');

const SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'];

const README = {
  commands: () =>
    table(
      ['Command', 'What it does'],
      contributes.commands.map((c) => [`**${c.category}: ${c.title}**`, WHAT[c.command] ?? missing(c.command)]),
    ),
  snippets: () =>
    table(
      ['Snippet', 'What it writes'],
      contributes.snippets
        .flatMap(({ path: file }) => Object.values(JSON.parse(read(file))))
        .map(({ prefix, description }) => [`\`${prefix}\``, `${description}.`]),
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

const RULES = {
  rules: () =>
    Object.entries(RULES_BY_HEADING)
      .flatMap(([heading, list]) => [
        `### ${heading}`,
        table(
          ['Rule', 'Severity', 'What it asks', 'Source'],
          list.map(({ id, severity, asks, source: { title, url } }) => [
            `<a id="${id}"></a>\`${id}\``,
            severity,
            asks.replace(/[|<]/g, '\\$&'),
            url === undefined ? title : `[${title}](${url})`,
          ]),
        ),
      ])
      .join('\n\n'),
};

const MESH = {
  example: () => '```ts\n' + read('test/mesh/example.ts').replaceAll("'../../mesh/", "'./").trim() + '\n```',
  scenarios: () => table(['Scenario', 'What happens', 'What the client did'], scenarioRows(root)),
  differences: () =>
    table(
      ['What', "NHS England's", 'Ours', 'Why'],
      DIFFERENCES.map(({ what, real, ours, why }) => [what, real, ours, why]),
    ),
  strict: () =>
    [...read('mesh/sandbox/strict.ts').matchAll(/\/\*\* (.+) \*\/\n {2}\w+: boolean;/g)]
      .map(([, does]) => `- ${does}`)
      .join('\n'),
};

/** The manifest holds titles only. */
const WHAT = {
  'itk3.newMessage':
    'Opens a new, valid message about an invented patient, at once or by your choice, or an answer to the message in front; nothing is saved yet.',
  'itk3.validateMessage': 'Says in a sentence what is right or wrong, and shows the problems.',
  'itk3.refactorMessage':
    'Renews all identifiers, makes a replacement, puts invented people in, or writes section texts from the resources.',
  'itk3.compareTexts': 'Shows beside each other what the texts of the sections say, and what the resources say.',
  'itk3.openAsJson':
    'Opens an XML message as JSON beside it, unsaved and at the same place; one that was received, or sent, too.',
  'itk3.openAsXml': 'Opens a JSON message as XML beside it: what travels.',
  'itk3.convertFiles':
    'Writes files or a folder in the other form beside the originals, exceptions included. It asks before anything is replaced, and lists what was not converted and why.',
  'itk3.showPreview': 'Shows the message as the GP practice would see it, in place of the editor.',
  'itk3.showPreviewToSide':
    'The same beside the editor: it follows the cursor and changes as you type. A double click leads back into the text.',
  'itk3.showPreviewSource': 'Goes from the preview to the text of its message.',
  'itk3.lockPreview': 'Keeps the preview on one message, or lets it follow the message in front again.',
  'itk3.printPreview':
    'Opens what the preview shows in your browser, to be printed: VS Code itself cannot print it. Nothing is written to disk.',
  'itk3.startSandbox': 'Starts a MESH of your own on this machine, with a pharmacy and a GP practice that answers.',
  'itk3.stopSandbox': 'Stops it.',
  'itk3.showSandbox': 'What the running sandbox offers: its page in the browser, scenarios, address, send, read, stop.',
  'itk3.chooseScenario':
    'Makes things go wrong on purpose: any response code, silence, duplicates, lost answers, reports that nothing was delivered.',
  'itk3.sendMessage': 'Checks the message, shows what will leave and where it goes, and sends it.',
  'itk3.sendMessages':
    'Sends the messages of a folder or selection: checked and told all together first, cancelled between two of them, a table at the end.',
  'itk3.dryRun':
    'Shows everything that would be sent, headers and all, as a text to copy, with or without the patient. Nothing leaves.',
  'itk3.addMailbox':
    'Asks where a mailbox is and for its password, tries it, and says which answer is wrong if it fails.',
  'itk3.editMailbox': 'The same questions again for a mailbox that is there; a team’s mailbox is shown in its file.',
  'itk3.removeMailbox': 'Takes a mailbox out of the settings, and its password out of the secret storage.',
  'itk3.testMailbox': 'Says whether a mailbox can be used and what was seen to be right, or what is wrong.',
  'itk3.forgetSecrets': 'Forgets the passwords, shared keys and pass phrases that are kept.',
  'itk3.createTeamFile':
    'Opens `.vscode/itk3.json`, or begins one: in it a team shares environments and mailboxes without secrets.',
  'itk3.lookIntoMailbox': 'Lists what lies in a mailbox. Reading takes nothing out.',
  'itk3.lookIntoMailboxes': 'The same of all mailboxes whose passwords are known; nobody is asked anything.',
  'itk3.loadOlder': 'Downloads 50 more of a mailbox with many messages.',
  'itk3.showResponses':
    'Lists the acknowledgements in a mailbox and opens them with their meaning. Reading takes nothing out.',
  'itk3.openReceived': 'Opens a received message to be read.',
  'itk3.takeOut':
    'Takes a message out of a mailbox, for good: of a real one only after it is safely stored in a file of your choice.',
  'itk3.collectInbox':
    'Takes all messages of a mailbox, or the chosen ones, into a folder: each is safely stored before MESH deletes it.',
  'itk3.openSent': 'Opens the document that was sent, and says when it has changed since.',
  'itk3.askMesh': 'Asks MESH where a sent message is, or whether it arrived when the answer was lost. Nothing is sent.',
  'itk3.openAnswer': 'Opens the acknowledgement of a sent message, or the report that it was not delivered.',
  'itk3.copyMeshId': 'Copies what MESH calls a sent message.',
  'itk3.forgetSent': 'Takes a message, or all that are finished, out of the list of what was sent.',
  'itk3.goToElement':
    'From a refusal that was received: opens the message that was sent at the element that the refusal is about.',
  'itk3.saveAsFixture':
    'Writes a message, received or open, to a file: with invented people in the place of its own, or as it is.',
  'itk3.selectForCompare': 'Remembers a message to be compared with another.',
  'itk3.compareMessages':
    'Compares two messages by meaning: resources are matched by what they are, order and renewed identifiers do not count.',
  'itk3.openWalkthrough': 'The first five minutes, step by step: make, mend, send, read.',
  'itk3.openExamples': 'Puts messages to play with into a new folder where you choose, and opens it.',
  'itk3.openMistakes': 'Opens a message with mistakes to be mended, unsaved.',
  'itk3.restartServer':
    'Starts anew what checks messages, also after it was given up. One that ends by itself is started again without it.',
};

function missing(command) {
  throw new Error(`scripts/readme.mjs does not say what ${command} does`);
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ').replaceAll('\n', ' ')} |`).join('\n');
}

/** What a file exports, as it stands in the source, whether or not it has been built. */
async function source(file) {
  const options = { entryPoints: [path.join(root, file)], bundle: true, format: 'esm', write: false };
  const { outputFiles } = await build(options);
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

function withTables(name, tables) {
  return Object.entries(tables).reduce((text, [mark, make]) => {
    const marked = new RegExp(`(<!-- ${mark} -->)[^]*?(<!-- /${mark} -->)`);
    if (!marked.test(text)) throw new Error(`${name} has no place for the table of ${mark}`);
    return text.replace(marked, (_, open, close) => `${open}\n\n${make()}\n\n${close}`);
  }, read(name));
}

/** VS Code completes the names of rules by what the manifest says of the setting. */
function addRules() {
  const setting = contributes.configuration.properties['itk3.rules'];
  setting.properties = Object.fromEntries(
    ALL_RULES.map(({ id, asks }) => [id, { type: 'string', enum: SEVERITIES, description: asks }]),
  );
}

/** A mailbox of the settings is one of the team's file, with what that says of its environment. */
function addMailboxes() {
  const { definitions } = JSON.parse(read('exchange/team-file.schema.json'));
  const { name } = definitions.mailbox.properties;
  const { mailboxId, endpoint, certificate, key, file } = definitions;
  const { description } = definitions.environment.properties.authorities;
  contributes.configuration.properties['itk3.mailboxes'].items.properties = {
    name: { ...definitions.name, description: name.description },
    endpoint,
    mailbox: mailboxId,
    certificate,
    key,
    authorities: { ...file, description: description.replace('relative to the workspace folder, ', '') },
  };
}

addRules();
addMailboxes();
const written = {
  'README.md': withTables('README.md', README),
  'RULES.md': withTables('RULES.md', RULES),
  'mesh/README.md': withTables('mesh/README.md', MESH),
  'package.json': JSON.stringify(manifest, null, 2),
};
for (const [name, text] of Object.entries(written)) {
  const file = path.join(root, name);
  const after = await format(text, { ...(await resolveConfig(file)), filepath: file });
  if (after === read(name)) continue;
  if (process.argv.includes('--check')) {
    console.error(`${name} does not say what the manifest, the rules and the sandbox's data say: run npm run readme`);
    process.exitCode = 1;
  } else fs.writeFileSync(file, after);
}

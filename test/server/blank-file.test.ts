// From an empty file to a valid message by accepting what is offered: a recorded session over the protocol.
import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { knowledge } from '../knowledge';
import { type Client, startClient } from './client';
import { type Editor, startEditor } from './editor';

/** What the document is made of, in the order in which it is taken from what is offered. */
const DOCUMENT = [
  'Composition',
  'Encounter',
  'Organization – the pharmacy',
  'Organization – the GP practice',
  'Patient',
  'Practitioner – the pharmacist',
  'List – the medicines',
  'MedicationDispense',
  'Medication',
  'List – allergies',
  'AllergyIntolerance',
];

/** What only a person knows, at places that hold an example. */
const TYPED: Readonly<Record<string, string>> = {
  'Patient: Testwell': 'Madeup',
  'MedicationDispense: 12 units twice a day before meals': '8 units at night',
};

const SECTIONS = new Set(knowledge().useCases.flatMap(({ sections }) => sections.map(({ title }) => title)));

describe('from an empty file to a valid message', function () {
  this.timeout(60_000);
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  const findings = async ({ document }: Editor): Promise<string[]> => {
    const { diagnostics } = await document.published();
    // Hints say what only a terminology server can tell.
    const told = diagnostics.filter(({ severity }) => severity !== DiagnosticSeverity.Hint);
    return told.map(({ severity, code, message }) => `${severity} ${String(code)}: ${message}`);
  };
  const counted = (editor: Editor): string =>
    `      blank file: ${editor.accepted()} items accepted, ${editor.keystrokes()} keystrokes`;

  it('at once', async () => {
    const editor = startEditor(client, '');
    await editor.suggest();
    await editor.choose(/^Whole message: Emergency supply/);
    console.log(counted(editor));
    assert.deepEqual(await findings(editor), []);
    assert.ok(editor.keystrokes() < 10);
  });

  it('entry by entry, section by section', async () => {
    const editor = startEditor(client, '');
    await editor.suggest();
    await editor.choose('Empty message');
    for (const entry of ['MessageHeader', 'Organization – who sends']) {
      await editor.suggest();
      await editor.choose(new RegExp(`^${entry}`));
      editor.tabThrough();
    }
    await editor.suggest();
    await editor.choose(/^Bundle – the document/);
    // The first place to fill in is the entries of the document.
    for (const entry of DOCUMENT) {
      await editor.suggest();
      await editor.choose(new RegExp(`^${entry}`));
      while (editor.filling() !== undefined) {
        const known = TYPED[`${entry}: ${editor.filling()}`];
        if (known !== undefined) await editor.type(known);
        editor.tab();
      }
    }
    editor.find('section": [');
    for (let more = await editor.suggest(); SECTIONS.has(more[0]!); more = await editor.suggest()) {
      await editor.choose(more[0]!);
      editor.tabThrough();
    }
    console.log(editor.log.map((line) => `        ${line}`).join('\n'));
    console.log(counted(editor));
    assert.deepEqual(await findings(editor), []);
    for (const typed of Object.values(TYPED)) assert.ok(editor.text().includes(typed), typed);
    const written = JSON.parse(editor.text()) as {
      entry: { resource: { entry: { resource: { section: unknown[] } }[] } }[];
    };
    const document = written.entry[2]!.resource;
    assert.equal(document.entry.length, DOCUMENT.length);
    assert.doesNotMatch(editor.text(), /\}, \{/, 'each item on lines of its own');
    assert.ok(document.entry[0]!.resource.section.length >= 10);
    assert.ok(editor.keystrokes() < 150, `${editor.keystrokes()} keystrokes`);
  });
});

// One more resource in a message that is whole: what should refer to it does once it is accepted.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Loose } from '../loose';
import { type Client, completeAt, startClient } from './client';
import { startEditor } from './editor';

const EXAMPLE = fs.readFileSync('examples/emergency-supply.json', 'utf8');

/** The message in a layout, and where its document has its last entry behind it. */
function laidOut(indent: string | number, message: Loose = JSON.parse(EXAMPLE)): { text: string; end: number } {
  const document = (message.entry as Loose[]).find(({ resource }) => resource.resourceType === 'Bundle').resource;
  document.entry.push('here');
  const text = JSON.stringify(message, null, indent);
  const gone = /,\s*"here"/.exec(text)!;
  return { text: text.replace(gone[0], ''), end: gone.index };
}

describe('one more entry', function () {
  this.timeout(60_000);
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  /** @returns the rules that are broken thereafter */
  const adding = async (title: RegExp, indent: string | number = 2): Promise<{ rules: unknown[]; text: string }> => {
    const { text, end } = laidOut(indent);
    const editor = startEditor(client, text, end);
    await editor.suggest();
    await editor.choose(title);
    const { diagnostics } = await editor.document.published();
    const told = diagnostics.filter(({ severity }) => severity !== DiagnosticSeverity.Hint);
    return { rules: told.map(({ code }) => code), text: editor.text() };
  };

  for (const indent of [2, '\t', 0])
    it(`a dispense stands in the list of medicines: indented by ${JSON.stringify(indent)}`, async () => {
      const { rules, text } = await adding(/^MedicationDispense/, indent);
      assert.ok(!rules.includes('unreachable'), rules.join());
      assert.ok(!rules.includes('json-syntax'), text);
      assert.equal(indent === 0, !text.includes('\n'));
    });

  it('a dispense is of a product of its own, which comes next', async () => {
    const { text, end } = laidOut(2);
    const editor = startEditor(client, text, end);
    await editor.suggest();
    await editor.choose(/^MedicationDispense/);
    editor.tabThrough();
    editor.tab();
    const [next] = await editor.suggest();
    assert.match(next!, /^Medication –/);
    await editor.choose(next!);
    const { diagnostics } = await editor.document.published();
    const told = diagnostics.filter(({ severity }) => severity !== DiagnosticSeverity.Hint);
    assert.deepEqual(told, []);
  });

  it('the GP is the one of the patient', async () => {
    assert.deepEqual((await adding(/^Practitioner – the GP/)).rules, []);
  });

  it('who collected took part in the encounter', async () => {
    assert.deepEqual((await adding(/^RelatedPerson/)).rules, []);
  });

  it('an allergy stands in the list of allergies, whose text is for a person to write', async () => {
    assert.deepEqual((await adding(/^AllergyIntolerance/)).rules, ['named-in-text']);
  });

  it('an attachment is beside the list of allergies, and empty as yet', async () => {
    assert.deepEqual((await adding(/^Binary/)).rules, ['attachment']);
  });

  it('is only told of when it is looked at', async () => {
    const { text, end } = laidOut(2);
    const { item, labels } = await completeAt(client, `${text.slice(0, end)}|${text.slice(end)}`);
    const label = labels.find((one) => one.startsWith('RelatedPerson'))!;
    assert.equal(item(label).additionalTextEdits, undefined);
  });
});

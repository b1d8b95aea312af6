import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { InlayHint, InlayHintLabelPart } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, EDITOR, startClient } from './client';

const EXAMPLE = fs.readFileSync('examples/emergency-supply.json', 'utf8');
const bundle = (...entries: string[]): string =>
  `{ "resourceType": "Bundle", "type": "document", "entry": [${entries
    .map((resource, i) => `{ "fullUrl": "urn:uuid:${i}", "resource": ${resource} }`)
    .join(', ')}] }`;
const PATIENT =
  '{ "resourceType": "Patient", "name": [{ "family": "Testwell", "given": ["Anna"] }], "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018" }] }';
const referring = (reference: string): string =>
  bundle(`{ "resourceType": "Composition", "subject": { "reference": "${reference}" } }`, PATIENT);
const coded = (coding: string): string =>
  `{ "resourceType": "MessageHeader", "event": { "system": "https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2", ${coding} } }`;

const settings = (inlayHints: object): object => ({ section: { inlayHints } });

describe('inlay hints', () => {
  let client: Client | undefined;
  afterEach(() => client?.stop());

  /** The text as a person sees it, with its hints in « ». */
  async function seen(text: string, options: object = {}, from = 0, to = text.length): Promise<string> {
    client = await startClient(options);
    const { uri } = client.open(text);
    return withHints(text, await hintsIn(client, uri, text, from, to));
  }

  async function hintsIn(at: Client, uri: string, text: string, from = 0, to = text.length): Promise<InlayHint[]> {
    const document = TextDocument.create(uri, 'json', 1, text);
    const range = { start: document.positionAt(from), end: document.positionAt(to) };
    return (await at.connection.sendRequest<InlayHint[] | null>('textDocument/inlayHint', {
      textDocument: { uri },
      range,
    }))!;
  }

  function withHints(text: string, hints: InlayHint[]): string {
    const document = TextDocument.create('', 'json', 1, text);
    const edits = hints.map(({ position, label }) => ({
      range: { start: position, end: position },
      newText: `«${(label as InlayHintLabelPart[]).map(({ value }) => value).join('')}»`,
    }));
    return TextDocument.applyEdits(document, edits);
  }

  it('behind a reference: whom it leads to, with all of it beside and the way there', async () => {
    const text = referring('urn:uuid:1');
    client = await startClient();
    const document = client.open(text);
    const { uri } = document;
    const hints = await hintsIn(client, uri, text);
    assert.match(withHints(text, hints), /"urn:uuid:1"«→ Patient · Anna TESTWELL» }/);
    const [part] = hints[0]!.label as InlayHintLabelPart[];
    assert.equal(part!.tooltip, 'Patient · Anna TESTWELL · 999 000 0018');
    assert.deepEqual([part!.location!.uri, document.spanText(part!.location!.range)], [uri, '"resource"']);
  });

  it('none behind a reference that leads nowhere', async () => {
    const text = referring('urn:uuid:7');
    assert.equal(await seen(text), text);
  });

  it('behind a code without a display, and not behind one with', async () => {
    assert.match(await seen(coded('"code": "ITK008M"')), /"ITK008M"«ITK Response»/);
    const named = coded('"code": "ITK008M", "display": "Something else"');
    assert.equal(await seen(named), named);
  });

  it('behind a display that differs, when all are wanted', async () => {
    const named = coded('"code": "ITK008M", "display": "Something else"');
    assert.match(await seen(named, settings({ codes: 'all' })), /"Something else"«≠ ITK Response»/);
    const right = coded('"code": "ITK008M", "display": "ITK Response"');
    assert.equal(await seen(right, settings({ codes: 'all' })), right);
  });

  it('none behind the code of a quantity, or one that nobody knows', async () => {
    for (const text of [
      '{ "resourceType": "MedicationDispense", "daysSupply": { "value": 1, "unit": "day", "system": "http://unitsofmeasure.org", "code": "d" } }',
      coded('"code": "ITK999X"'),
    ])
      assert.equal(await seen(text), text);
  });

  it('are off by setting, each kind by itself', async () => {
    const both = bundle('{ "resourceType": "Composition", "subject": { "reference": "urn:uuid:1" } }', PATIENT);
    assert.equal(await seen(both, settings({ references: false })), both);
    const code = coded('"code": "ITK008M"');
    assert.equal(await seen(code, settings({ codes: 'off' })), code);
    assert.notEqual(await seen(code, settings({ codes: 5, references: 'x' })), code);
  });

  it('are asked for again when the setting changes', async () => {
    const capabilities = { ...EDITOR, workspace: { ...EDITOR.workspace, inlayHint: { refreshSupport: true } } };
    client = await startClient({ capabilities });
    const refreshed = new Promise<void>((resolve) => {
      client!.connection.onRequest('workspace/inlayHint/refresh', () => resolve());
    });
    const text = referring('urn:uuid:1');
    const { uri } = client.open(text);
    assert.equal((await hintsIn(client, uri, text)).length, 1);
    await client.configure({ inlayHints: { references: false } });
    await refreshed;
    assert.deepEqual(await hintsIn(client, uri, text), []);
  });

  it('come for the stretch that is asked for alone', async () => {
    const all = await seen(EXAMPLE);
    const count = (text: string): number => text.split('«').length - 1;
    const half = EXAMPLE.length / 2;
    const parts = [await seen(EXAMPLE, {}, 0, half), await seen(EXAMPLE, {}, half + 1)];
    assert.ok(count(all) > 20);
    assert.equal(count(parts[0]!) + count(parts[1]!), count(all));
    assert.ok(count(parts[0]!) > 0 && count(parts[1]!) > 0);
    assert.ok(parts[0]!.endsWith(EXAMPLE.slice(half + 1)) && parts[1]!.startsWith(EXAMPLE.slice(0, half)));
  });

  it('none in what is no message, and as far as it can be read in what is broken', async () => {
    client = await startClient();
    const other = client.open('{ "a": { "reference": "urn:uuid:1" } }');
    assert.deepEqual(await hintsIn(client, other.uri, other.text), []);
    const broken = referring('urn:uuid:1').slice(0, -3);
    assert.match(await seen(broken), /«→ Patient · Anna TESTWELL»/);
  });
});

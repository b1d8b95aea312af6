import assert from 'node:assert/strict';
import type { Location } from 'vscode-languageserver';
import { askAt } from './ask';
import { type Client, startClient } from './client';
import { ACKNOWLEDGEMENT, behind, IDS, MESSAGE, RELATIVE } from './messages';

describe('references', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  /** What stands in the line before each reference: the name of its property. */
  async function found(marked: string, includeDeclaration = false): Promise<string[]> {
    const { answer, document, said } = await askAt<Location[]>(client, marked, 'textDocument/references', {
      context: { includeDeclaration },
    });
    return (answer ?? []).map(({ uri, range }) => {
      assert.equal(uri, document.uri);
      const line = document.text.split('\n')[range.start.line]!.slice(0, range.start.character);
      return `${/"(\w+)": (?:\[?\{ "reference": )?$/.exec(line)?.[1] ?? ''} ${said(range)}`;
    });
  }

  const urn = (id: string): string => `"urn:uuid:${id}"`;
  const patient = [`subject ${urn(IDS.patient)}`, `entry ${urn(IDS.patient)}`, `subject ${urn(IDS.patient)}`];

  for (const [where, marked] of [
    ['its fullUrl', behind(MESSAGE, `"fullUrl": "urn:uuid:${IDS.patient}`)],
    ['its id', behind(MESSAGE, `"id": "${IDS.patient}`)],
    ['its type', behind(MESSAGE, '"resourceType": "Pat')],
    ['the key of its resource', behind(MESSAGE, `"fullUrl": "urn:uuid:${IDS.patient}", "res`)],
    ['a reference to it', behind(MESSAGE, '"subject": { "reference": "urn:')],
    ['the name of an element that refers to it', behind(MESSAGE, '"subj')],
  ] as const)
    it(`from ${where}`, async () => assert.deepEqual(await found(marked), patient));

  it('with its own name first, if asked', async () =>
    assert.deepEqual(await found(behind(MESSAGE, `"id": "${IDS.patient}`), true), [
      `fullUrl ${urn(IDS.patient)}`,
      ...patient,
    ]));
  it('the sender’s reference, where it names a resource of the message', async () =>
    assert.deepEqual(await found(behind(MESSAGE, '"resourceType": "Enc')), [
      `encounter ${urn(IDS.encounter)}`,
      `valueString ${urn(IDS.encounter)}`,
    ]));
  it('of its own bundle, where a resource stands in two', async () => {
    assert.deepEqual(await found(behind(MESSAGE, '"resourceType": "Organi')), [`sender ${urn(IDS.sender)}`]);
    assert.deepEqual(await found(behind(MESSAGE, '"resourceType": "Organi', 2)), [`custodian ${urn(IDS.sender)}`]);
  });
  it('in acknowledgements that are open', async () => {
    const alone = await startClient();
    const acknowledgement = alone.open(ACKNOWLEDGEMENT);
    for (const [landmark, expected] of [
      ['"resourceType": "MessageH', [`"${IDS.header}"`]],
      ['"resourceType": "Enc', [urn(IDS.encounter)]],
      ['"resourceType": "Pat', []],
    ] as const) {
      const { answer } = await askAt<Location[]>(alone, behind(MESSAGE, landmark), 'textDocument/references', {
        context: { includeDeclaration: false },
      });
      const there = answer!.filter(({ uri }) => uri === acknowledgement.uri);
      assert.deepEqual(
        there.map(({ range }) => acknowledgement.spanText(range)),
        expected,
      );
    }
    alone.stop();
  });
  it('relative, whole and contained', async () => {
    assert.deepEqual(await found(behind(RELATIVE, '"id": "o1'), true), [
      'id "o1"',
      'managingOrganization "Organization/o1"',
    ]);
    assert.deepEqual(await found(behind(RELATIVE, '"id": "p1')), ['subject "https://example.org/fhir/Patient/p1"']);
    assert.deepEqual(await found(behind(RELATIVE, '"id": "l1'), true), ['id "l1"', 'location "#l1"']);
  });
  it('in text that breaks off', async () =>
    assert.deepEqual(await found(behind(RELATIVE.slice(0, -20), '"id": "p1')), [
      'subject "https://example.org/fhir/Patient/p1"',
    ]));
  it('none to what nothing leads to, and none elsewhere', async () => {
    assert.deepEqual(await found(behind(MESSAGE, '"resourceType": "Composi')), []);
    assert.deepEqual(await found(behind(MESSAGE, '"title": "Sup')), []);
    assert.deepEqual(await found('{ "resourceType": "Patient", "id": "a|" }'), []);
    assert.deepEqual(await found('{ "name": "o|ther" }'), []);
  });
});

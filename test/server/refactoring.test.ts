import assert from 'node:assert/strict';
import fs from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  CodeActionTriggerKind,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { type Client, COMMANDING, EDITOR, startClient } from './client';

const FULL: ClientCapabilities = {
  ...EDITOR,
  textDocument: {
    ...EDITOR.textDocument,
    codeAction: { disabledSupport: true, dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};
const TEXT = fs.readFileSync('examples/emergency-supply.json', 'utf8');
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const WHOLE = [
  'Write the texts of all sections from their resources',
  'Renew all identifiers, to send it as another message',
  'Make it the replacement of this document, with identifiers of its own',
  'Put invented people and places in (read free text and attachments yourself)',
];
const SECTION = 'Write the text of this section from its resources';

describe('refactorings', () => {
  let full: Client;
  let plain: Client;
  before(async () => {
    const initializationOptions = COMMANDING;
    [full, plain] = await Promise.all([
      startClient({ capabilities: FULL, initializationOptions }),
      startClient({ initializationOptions }),
    ]);
  });
  after(() => [full, plain].forEach((client) => client.stop()));

  async function actionsAt(
    client: Client,
    place: string,
    context: Partial<CodeActionContext>,
    text = TEXT,
  ): Promise<CodeAction[]> {
    const { uri } = client.open(text);
    const at = TextDocument.create('', 'json', 1, text).positionAt(text.indexOf(place));
    const actions = await client.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [], ...context },
    });
    return actions ?? [];
  }

  async function taken(client: Client, title: string, place = '"message"', text = TEXT): Promise<string> {
    const offered = await actionsAt(client, place, { only: ['refactor'] }, text);
    const chosen = offered.find((one) => one.title === title)!;
    const { edit } = chosen.edit
      ? chosen
      : await client.connection.sendRequest<CodeAction>('codeAction/resolve', chosen);
    const [change] = edit!.documentChanges as TextDocumentEdit[];
    return TextDocument.applyEdits(TextDocument.create('', 'json', 1, text), change!.edits);
  }

  it('are offered to whoever asks for them, each with a kind that a key can be bound to', async () => {
    const offered = await actionsAt(full, '"GP Practice"', { only: ['refactor'] });
    assert.deepEqual(
      offered.map(({ title }) => title),
      [SECTION, ...WHOLE],
    );
    assert.ok(offered.every(({ kind, disabled }) => kind?.startsWith('refactor.rewrite.itk3.') && !disabled));
    const renewing = await actionsAt(full, '"GP Practice"', { only: ['refactor.rewrite.itk3.renew-identifiers'] });
    assert.deepEqual(
      renewing.map(({ title }) => title),
      [WHOLE[1]],
    );
  });

  it('say why they cannot be done here, where the client shows that', async () => {
    const [section] = await actionsAt(full, '"gender"', { only: ['refactor'] });
    assert.deepEqual([section!.title, section!.disabled?.reason], [SECTION, 'This is in no section of the document.']);
    const shown = await actionsAt(plain, '"gender"', { only: ['refactor'] });
    assert.deepEqual(
      shown.map(({ title }) => title),
      WHOLE,
    );
  });

  it('do not stand in the way: an editor that looks for itself gets none, a person in a section its own', async () => {
    const automatic = { triggerKind: CodeActionTriggerKind.Automatic };
    assert.deepEqual(await actionsAt(full, '"GP Practice"', automatic), []);
    const invoked = await actionsAt(full, '"GP Practice"', { triggerKind: CodeActionTriggerKind.Invoked });
    assert.deepEqual(
      invoked.map(({ title }) => title),
      [SECTION],
    );
    assert.deepEqual(await actionsAt(full, '"gender"', { triggerKind: CodeActionTriggerKind.Invoked }), []);
  });

  for (const [name, client] of [
    ['worked out when chosen', () => full],
    ['worked out at once', () => plain],
  ] as const)
    it(`renew every identifier and nothing else, ${name}`, async () => {
      const after = await taken(client(), WHOLE[1]!);
      const old = new Set(TEXT.match(UUID));
      assert.ok(after.match(UUID)!.every((uuid) => !old.has(uuid)));
      assert.equal(after.replace(UUID, ''), TEXT.replace(UUID, ''));
    });

  it('make a replacement', async () => {
    assert.match(await taken(full, WHOLE[2]!), /"code": "replaces"/);
  });

  it('put invented people in', async () => {
    const after = await taken(full, WHOLE[3]!);
    assert.ok(!/9990142017|999 014 2017|07700 900123/.test(after));
  });

  it('write the text of a section', async () => {
    const changed = TEXT.replace('"birthDate": "1956-02-29"', '"birthDate": "1931-01-02"');
    const after = await taken(full, SECTION, '"Patient Demographics"', changed);
    assert.match(after, /Date of birth<\/th><td>2 January 1931</);
    assert.equal(after.replace('2 January 1931', '29 February 1956'), changed);
  });

  it('are not offered for what is no message', async () => {
    const [first, ...others] = await actionsAt(
      plain,
      'x',
      { only: ['refactor'] },
      '{ "resourceType": "Basic", "x": 1 }',
    );
    assert.deepEqual([first, others], [undefined, []]);
  });
});

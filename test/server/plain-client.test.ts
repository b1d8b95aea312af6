// What an editor gets that says little of itself and has no commands of ours.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CodeAction, CodeActionTriggerKind } from 'vscode-languageserver/node';
import { type Client, type ClientOptions, COMMANDING, startClient } from './client';

const WRONG = '{ "resourceType": "Patient", "gender": "mals" }';
const MESSAGE = fs.readFileSync('examples/emergency-supply.json', 'utf8');
const RULES = { rules: { binding: 'hint' } };
const RIGHT = WRONG.replace('mals', 'male');
const [ERROR, HINT] = [1, 4];

describe('a client that says little of itself', () => {
  let client: Client | undefined;
  const start = async (options: ClientOptions): Promise<Client> =>
    (client = await startClient({ capabilities: {}, ...options }));
  afterEach(() => client?.stop());

  const severityOf = async (options: ClientOptions): Promise<unknown> => {
    const { diagnostics } = await (await start(options)).open(WRONG).published();
    return diagnostics.find(({ code }) => code === 'binding')?.severity;
  };

  const ASKED = { workspace: { configuration: true } };
  const SETTINGS: [title: string, options: ClientOptions, severity: number][] = [
    ['has the usual settings without any', {}, ERROR],
    ['gives its settings at the beginning', { initializationOptions: { itk3: RULES } }, HINT],
    ['gives what stands in the section', { initializationOptions: RULES }, HINT],
    ['gives nonsense', { initializationOptions: { itk3: [RULES] } }, ERROR],
    ['is not asked when it cannot be', { section: RULES }, ERROR],
    ['is asked, and knows nothing', { capabilities: ASKED, initializationOptions: RULES }, HINT],
    ['is asked, and what it answers wins', { capabilities: ASKED, initializationOptions: RULES, section: {} }, ERROR],
  ];
  for (const [title, options, severity] of SETTINGS)
    it(title, async () => assert.equal(await severityOf(options), severity));

  it('tells other settings later', async () => {
    assert.equal(await severityOf({ initializationOptions: RULES }), HINT);
    const document = client!.open(WRONG);
    await document.published();
    const next = document.next();
    await client!.configure({ rules: { binding: 'warning' } });
    assert.deepEqual(
      (await next).diagnostics.map(({ code, severity }) => [code, severity]),
      [['binding', 2]],
    );
  });

  async function actionsAt(place: string, text: string, triggerKind?: CodeActionTriggerKind) {
    const { uri } = client!.open(text);
    const at = TextDocument.create('', 'json', 1, text).positionAt(text.indexOf(place));
    const actions = await client!.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [], triggerKind },
    });
    return { uri, actions: actions ?? [] };
  }

  it('gets each fix with its edits in it, for it can work nothing out later, and none needs a command', async () => {
    await start({});
    const { uri, actions } = await actionsAt('mals', WRONG);
    const [fix] = actions;
    assert.equal(fix!.title, 'Change to "male"');
    assert.equal(TextDocument.applyEdits(TextDocument.create('', 'json', 1, WRONG), fix!.edit!.changes![uri]!), RIGHT);
    for (const { edit, command, data } of actions) assert.ok(edit && !command && data === undefined);
  });

  // Our own client has a command for it.
  const RENEW = 'Renew all identifiers, to send it as another message';
  const LAMPS: [title: string, options: ClientOptions, kind: CodeActionTriggerKind | undefined, isOffered: boolean][] =
    [
      ['one without our commands, that does not say why', {}, undefined, true],
      ['one without our commands, pressed', {}, CodeActionTriggerKind.Invoked, true],
      ['one that lights up by itself', {}, CodeActionTriggerKind.Automatic, false],
      ['our own', { initializationOptions: COMMANDING }, CodeActionTriggerKind.Invoked, false],
    ];
  for (const [title, options, kind, isOffered] of LAMPS)
    it(`what is done to a whole message is ${isOffered ? '' : 'not '}offered by a lamp: ${title}`, async () => {
      await start(options);
      const { actions } = await actionsAt('"message"', MESSAGE, kind);
      assert.equal(
        actions.some((action) => action.title === RENEW),
        isOffered,
      );
    });
});

// From a message to its acknowledgements, by the commands alone, against the sandbox of the window.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answerOf, fileUri, listed, text } from './window';

interface Answered {
  meshId: string;
  answers: {
    meshId: string;
    acknowledgement: { code: string; layer: string; accepted: boolean; answers: string };
    report?: { code: string };
  }[];
}

const route = { from: 'X26PHARMACY', to: 'x26surgery' };

const send = async (uri?: vscode.Uri, options: object = route): Promise<Answered | undefined> =>
  (await answerOf('itk3.sendMessage', uri, options)) as Answered | undefined;

const codes = (answered: Answered | undefined): string[] =>
  answered?.answers.map(({ acknowledgement }) => acknowledgement.code) ?? [];

async function textOf(uri: vscode.Uri): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
}

/** A file of its own. */
async function copyOf(name: string, as: string, change = (text: string): string => text): Promise<vscode.Uri> {
  const uri = fileUri(as);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(change(await textOf(fileUri(name)))));
  return uri;
}

/** The example in XML, as a file of its own. */
async function xmlFile(name: string): Promise<vscode.Uri> {
  await vscode.workspace.fs.delete(fileUri(name)).then(undefined, () => undefined);
  const json = await copyOf('emergency-supply.json', name.replace('.xml', '.json'));
  await answerOf('itk3.convertFiles', json, [json], { to: 'xml', existing: 'replace' });
  await vscode.workspace.fs.delete(json);
  assert.match(await textOf(fileUri(name)), /^<\?xml/);
  return fileUri(name);
}

const xmlIdOf = (text: string): string | undefined => /<MessageHeader>\s*<id value="([^"]+)"/.exec(text)?.[1];

describe('Send message to MESH mailbox…', () => {
  beforeEach(() => answerOf('itk3.startSandbox', { port: 0 }));
  afterEach(() => answerOf('itk3.stopSandbox'));

  it('brings both acknowledgements of a valid message', async () => {
    await answerOf('itk3.newMessage', 'emergency-supply');
    const id = /"MessageHeader",\s*"id": "([^"]+)"/.exec(text())?.[1];
    const answered = await send();
    assert.deepEqual(
      answered?.answers.map(({ acknowledgement: { code, layer, accepted, answers } }) => [
        code,
        layer,
        accepted,
        answers,
      ]),
      [
        ['20013', 'infrastructure', true, id],
        ['30001', 'business', true, id],
      ],
    );
  });

  it('sends a file from the explorer, and a receiver knows it the second time', async () => {
    const uri = fileUri('emergency-supply.json');
    assert.deepEqual(codes(await send(uri)), ['20013', '30001']);
    assert.deepEqual(codes(await send(uri, { ...route, again: 'same' })), ['20007']);
  });

  it('gives a message fresh identifiers where it was sent before, and saves what it sent', async () => {
    const uri = await copyOf('emergency-supply.json', 'sent-again.json');
    const idOf = (text: string): string | undefined => /"MessageHeader",\s*"id": "([^"]+)"/.exec(text)?.[1];
    assert.deepEqual(codes(await send(uri)), ['20013', '30001']);
    const before = idOf(await textOf(uri));
    assert.deepEqual(codes(await send(uri, { ...route, again: 'fresh' })), ['20013', '30001']);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.notEqual(idOf(document.getText()), before);
    assert.equal(document.isDirty, false);
    assert.equal(await textOf(uri), document.getText());
  });

  it('leaves it to the person to save a draft that got fresh identifiers', async () => {
    await answerOf('itk3.newMessage', 'emergency-supply');
    assert.deepEqual(codes(await send()), ['20013', '30001']);
    const before = text();
    assert.deepEqual(codes(await send(undefined, { ...route, again: 'fresh' })), ['20013', '30001']);
    assert.notEqual(text(), before);
    assert.ok(vscode.window.activeTextEditor?.document.isUntitled);
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), before);
  });

  it('sends a message written in XML, and gives it fresh identifiers where it is sent again', async () => {
    const uri = await xmlFile('sent-in.xml');
    const before = await textOf(uri);
    assert.deepEqual(codes(await send(uri, { ...route, again: 'fresh' })), ['20013', '30001']);
    assert.deepEqual(codes(await send(uri, { ...route, again: 'fresh' })), ['20013', '30001']);
    const after = await textOf(uri);
    assert.notEqual(xmlIdOf(after), xmlIdOf(before));
    assert.equal(after.length, before.length, 'nothing else was changed');
  });

  it('sends in the form that the setting names, and is answered in it', async () => {
    const settings = vscode.workspace.getConfiguration('itk3.sandbox');
    const formOf = async (): Promise<string | undefined> => {
      await answerOf('itk3.newMessage', 'emergency-supply');
      const answered = await send();
      await answerOf('itk3.showResponses', { open: answered?.answers[0]?.meshId });
      return vscode.window.activeTextEditor?.document.languageId;
    };
    assert.equal(await formOf(), 'xml');
    try {
      await settings.update('format', 'json', vscode.ConfigurationTarget.Workspace);
      assert.equal(await formOf(), 'json');
    } finally {
      await settings.update('format', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('sends a wrong message when that is meant, and brings the refusal', async () => {
    const uri = fileUri('emergency-supply-with-mistakes.json');
    assert.deepEqual(codes(await send(uri, { ...route, anyway: true })), ['20006']);
  });

  it('sends once when asked twice at once', async () => {
    await answerOf('itk3.newMessage', 'emergency-supply');
    const both = await Promise.all([send(), send()]);
    assert.equal(both.filter((answered) => answered !== undefined).length, 1);
  });

  it('sends nothing to a mailbox that is not there, or from one', async () => {
    await answerOf('itk3.newMessage', 'emergency-supply');
    assert.equal(await send(undefined, { ...route, to: 'NOBODY' }), undefined);
    assert.equal(await send(undefined, { ...route, from: 'NOBODY' }), undefined);
    assert.equal(await send(undefined, { ...route, to: 'no mailbox' }), undefined);
  });

  it('sends nothing that is no message', async () => {
    await vscode.workspace.fs.writeFile(fileUri('package.json'), Buffer.from('{ "name": "other" }'));
    assert.equal(await send(fileUri('package.json')), undefined);
  });

  /** The example as a file of its own, whose reference tells the sandbox what to do with it. */
  async function playing(scenario: string): Promise<vscode.Uri> {
    const example = Buffer.from(await vscode.workspace.fs.readFile(fileUri('emergency-supply.json'))).toString();
    const message = example.replace(/("SenderReference",\s*"valueString": )"[^"]*"/, `$1"sandbox:${scenario}"`);
    assert.notEqual(message, example);
    const uri = fileUri(`${scenario}.json`);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(message));
    return uri;
  }

  it('finds a message whose answer was lost, and sends it once', async () => {
    const uri = await playing('lost-answer');
    assert.deepEqual(codes(await send(uri, { ...route, again: 'same' })), ['20013', '30001']);
    // The same message without the scenario.
    const same = await send(fileUri('emergency-supply.json'), { ...route, again: 'same' });
    assert.deepEqual(codes(same), ['20007'], 'the receiver had it');
  });

  it('believes the response where MESH knows several messages of one local id', async () => {
    await answerOf('itk3.newMessage', 'emergency-supply');
    assert.deepEqual(codes(await send()), ['20013', '30001']);
    // The guide's local id is the sender's ODS code: MESH cannot tell these two apart.
    const answered = await send(await playing('lost-answer'), { ...route, again: 'same' });
    assert.deepEqual(codes(answered), ['20013', '30001']);
  });

  it('tells that a message is not there when it never came, and leaves it to the person', async () => {
    assert.equal(await send(await playing('error-500')), undefined);
  });

  it('brings the report of a message that could not be delivered', async () => {
    const answered = await send(await playing('EPL-151'));
    assert.deepEqual(
      answered?.answers.map(({ report }) => report?.code),
      ['EPL-151'],
    );
  });

  it('sends no message to the practice of a patient where it does not say which', async () => {
    await vscode.workspace.fs.writeFile(
      fileUri('nobody.json'),
      Buffer.from('{ "resourceType": "Bundle", "type": "message" }'),
    );
    assert.equal(await send(fileUri('nobody.json'), { ...route, to: 'GPPROVIDER', anyway: true }), undefined);
  });

  it('goes to the practice of its patient where the sandbox looks that up, and nowhere else', async () => {
    const routed = { ...route, to: 'GPPROVIDER' };
    const settings = vscode.workspace.getConfiguration('itk3.sandbox');
    await answerOf('itk3.newMessage', 'emergency-supply');
    assert.equal(await send(undefined, routed), undefined);
    await answerOf('itk3.stopSandbox');
    try {
      await settings.update('strict', true, vscode.ConfigurationTarget.Workspace);
      await answerOf('itk3.startSandbox', { port: 0 });
      assert.deepEqual(codes(await send(undefined, routed)), ['20013', '30001']);
    } finally {
      await settings.update('strict', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('tells of an answer that cannot be read, and keeps it in the mailbox', async () => {
    const answered = await send(await playing('unreadable-answer'));
    assert.deepEqual(answered?.answers, []);
    assert.match(answered.meshId, /^\w+$/);
  });

  it('starts the sandbox when it does not run', async () => {
    await answerOf('itk3.stopSandbox');
    await answerOf('itk3.newMessage', 'emergency-supply');
    assert.deepEqual(codes(await send()), ['20013', '30001']);
  });
});

describe('what leaves this machine', () => {
  const mailboxes = [
    { name: 'Test', endpoint: 'https://mesh.example.invalid', mailbox: 'X26TEST' },
    { name: 'Live', endpoint: 'https://mesh-sync.spineservices.nhs.uk', mailbox: 'X26LIVE' },
  ];
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('itk3');
  const real = async (): Promise<vscode.Uri> => {
    const uri = await copyOf('emergency-supply.json', 'real.json', (text) =>
      text.replaceAll('"Testwell"', '"Realname"'),
    );
    return uri;
  };

  beforeEach(() => settings().update('mailboxes', mailboxes, Global));
  afterEach(async () => {
    await settings().update('mailboxes', undefined, Global);
    for (const guard of ['guards.patients', 'guards.live'])
      for (const target of [Global, Workspace]) await settings().update(guard, undefined, target);
  });

  it('is told by a dry run, without the patient unless that is wanted, and nothing is sent', async () => {
    const options = { from: 'X26TEST', to: 'GPPROVIDER' };
    const told = String(await answerOf('itk3.dryRun', fileUri('emergency-supply.json'), options));
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'itk3-page');
    assert.equal(text(), told);
    assert.match(told, /^DRY RUN of emergency-supply\.json: nothing was sent\.\n/);
    assert.match(told, /Mex-To +GPPROVIDER_\*\*\*\n/);
    assert.doesNotMatch(told, /Testwell/);
    assert.match(told, /Content +FHIR XML, \d+ kB, converted from FHIR JSON\n/);
    assert.match(told, /Content-Type +application\/fhir\+xml\n/);
    const asJson = String(
      await answerOf('itk3.dryRun', fileUri('emergency-supply.json'), { ...options, format: 'json' }),
    );
    assert.match(asJson, /Content-Type +application\/fhir\+json\n/);
    const whole = String(await answerOf('itk3.dryRun', fileUri('emergency-supply.json'), { ...options, whole: true }));
    assert.match(whole, /Mex-To +GPPROVIDER_\d{10}_\d{8}_Testwell\n/);
  });

  it('is no patient who may be real where a policy forbids it, whoever says so', async () => {
    const sending = { from: 'X26TEST', to: 'X26XYZ', confirmed: true };
    for (const target of [Global, Workspace]) {
      await settings().update('guards.patients', 'forbid', target);
      assert.equal(await send(await real(), sending), undefined);
      await settings().update('guards.patients', undefined, target);
    }
    await settings().update('guards.patients', 'forbid', Global);
    await settings().update('guards.patients', 'confirm', Workspace);
    assert.equal(await send(await real(), sending), undefined, 'the nearest does not win');
  });

  it('is nothing to live where a policy forbids it, and never anything with errors', async () => {
    const live = { from: 'X26LIVE', to: 'X26XYZ', confirmed: true, anyway: true };
    assert.equal(await send(fileUri('emergency-supply-with-mistakes.json'), live), undefined);
    await settings().update('guards.live', 'forbid', Workspace);
    assert.equal(await send(fileUri('emergency-supply.json'), live), undefined);
  });
});

describe('Show responses', () => {
  beforeEach(() => answerOf('itk3.startSandbox', { port: 0 }));
  afterEach(() => answerOf('itk3.stopSandbox'));

  it('opens a response as it came, to be read only', async () => {
    await answerOf('itk3.newMessage', 'emergency-supply');
    const answered = await send();
    const business = answered?.answers[1];
    assert.ok(business);
    await answerOf('itk3.showResponses', { open: business.meshId });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'itk3-received');
    assert.equal(document.languageId, 'xml');
    assert.match(text(), /^<\?xml [^>]*>\n<Bundle xmlns="http:\/\/hl7\.org\/fhir">\n/);
    assert.deepEqual(listed(vscode.languages.getDiagnostics(document.uri)), []);
    assert.equal(await send(), undefined, 'a response is not sent');
  });
});

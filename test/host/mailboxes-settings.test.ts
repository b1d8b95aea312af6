// Mailboxes of the settings and of the team's file, by the commands alone; and how the window reaches a server.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import * as vscode from 'vscode';
import { NODE, proxyOf } from '../../client/mailboxes/network';
import { createMeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createTransport, type TlsOptions } from '../../mesh/transport';
import { certified, identities } from '../mesh/identities';
import { answerOf, fileUri, pressUntil } from './window';

const CLOSE = 'workbench.action.closeQuickOpen';
const TEAM_FILE = '.vscode/itk3.json';
const { Global, Workspace } = vscode.ConfigurationTarget;

const settings = () => vscode.workspace.getConfiguration('itk3');
const ours = { name: 'Ours', endpoint: 'https://mesh.example.invalid', mailbox: 'X26OURS' };
const theirs = { ...ours, name: 'Theirs', mailbox: 'X26THEIRS' };

async function write(text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(fileUri(TEAM_FILE), Buffer.from(text));
}

/** Asks until the window, which watches the file, knows what is in it. */
async function removedWhenKnown(mailbox: string): Promise<void> {
  const shown = () => vscode.window.activeTextEditor?.document.uri.path.endsWith(TEAM_FILE) === true;
  while (!shown()) {
    await answerOf('itk3.removeMailbox', mailbox, { sure: true });
    // The command answers without leaving the extension host, in which the news of the file has to arrive too.
    await vscode.workspace.fs.stat(fileUri(TEAM_FILE));
  }
}

describe('mailboxes that are configured', () => {
  afterEach(async () => {
    await settings().update('mailboxes', undefined, Global);
    await settings().update('mailboxes', undefined, Workspace);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(fileUri(TEAM_FILE)).then(undefined, () => undefined);
  });

  it('are taken out of the settings, wherever they are, and no other with them', async () => {
    await settings().update('mailboxes', [ours, theirs], Global);
    await settings().update('mailboxes', [ours], Workspace);
    assert.equal(await answerOf('itk3.removeMailbox', 'x26ours', { sure: true }), true);
    const { globalValue, workspaceValue } = settings().inspect<unknown[]>('mailboxes') ?? {};
    assert.deepEqual([globalValue, workspaceValue], [[theirs], []]);
    assert.equal(await answerOf('itk3.removeMailbox', 'Theirs', { sure: true }), true);
    assert.equal(await answerOf('itk3.removeMailbox', 'Theirs', { sure: true }), false);
  });

  it('are the workspace’s and one’s own together', async () => {
    await settings().update('mailboxes', [ours], Global);
    await settings().update('mailboxes', [theirs], Workspace);
    for (const name of ['Ours', 'Theirs']) assert.equal(await answerOf('itk3.forgetSecrets', name), 1, name);
    assert.equal(await answerOf('itk3.forgetSecrets', 'Nobody’s'), 0);
  });

  it('are asked for their password before they are tested, and nothing is kept when that is not given', async () => {
    await settings().update('mailboxes', [ours], Global);
    const tested = answerOf('itk3.testMailbox', 'Ours');
    await pressUntil(tested, CLOSE);
    assert.equal(await tested, undefined);
    assert.equal(await answerOf('itk3.forgetSecrets'), 0);
  });

  it('are not changed when the person gives up', async () => {
    await settings().update('mailboxes', [ours], Global);
    for (const [command, ...args] of [['itk3.addMailbox'], ['itk3.editMailbox', 'Ours']] as const) {
      const ended = answerOf(command, ...args);
      await pressUntil(ended, CLOSE);
      assert.equal(await ended, undefined);
    }
    assert.deepEqual(settings().get('mailboxes'), [ours]);
  });

  it('that a team shares are known as soon as its file says so, and shown there, not taken out', async () => {
    await answerOf('itk3.createTeamFile');
    assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith(TEAM_FILE));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const text = JSON.stringify({
      environments: [{ ...ours, mailbox: undefined, mailboxes: [{ mailbox: 'X26TEAM' }] }],
    });
    await write(text);
    await removedWhenKnown('X26TEAM');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(editor.selection), '{"mailbox":"X26TEAM"}');
    assert.equal(editor.document.getText(), text);
  });

  it('are the team’s still when its file is opened once more', async () => {
    await write('{}');
    const uri = await answerOf('itk3.createTeamFile');
    assert.ok(uri instanceof vscode.Uri);
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), '{}');
  });
});

describe('Test mailbox', () => {
  beforeEach(() => answerOf('itk3.startSandbox', { port: 0 }));
  afterEach(() => answerOf('itk3.stopSandbox'));

  it('shakes hands, and counts the inbox within an hour of that', async () => {
    assert.deepEqual(await answerOf('itk3.testMailbox', 'X26PHARMACY'), { by: 'handshake' });
    const { by, waiting } = (await answerOf('itk3.testMailbox', 'X26PHARMACY')) as { by: string; waiting: number };
    assert.deepEqual([by, waiting], ['count', 0]);
  });
});

describe('the way to a MESH server', function () {
  this.timeout(30_000);
  const HOST = 'mesh.example.invalid';
  const open = new Set<Socket>();
  const servers: Server[] = [];
  const http = () => vscode.workspace.getConfiguration('http');

  afterEach(async () => {
    for (const name of ['proxy', 'noProxy', 'proxyStrictSSL', 'proxySupport'])
      await http().update(name, undefined, Global);
    for (const server of servers.splice(0)) server.close();
    for (const socket of open) socket.destroy();
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** A server that nobody finds but through the proxy, and that writes down who came. */
  async function behindProxy() {
    const { ours: authority } = await identities();
    const identity = await certified(authority, { use: 'server', hosts: [HOST] });
    const came: string[] = [];
    const tls = { ...identity, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    const server = await listen(
      createSecureServer(tls, ({ socket }, response) => {
        const { subject } = (socket as unknown as Pick<TLSSocket, 'getPeerCertificate'>).getPeerCertificate();
        came.push(String(subject.CN));
        response.end('{}');
      }),
    );
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(500).end();
    });
    proxy.on('connect', ({ url }: IncomingMessage, socket: Socket) => {
      asked.push(url ?? '');
      const onward = connect(server, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      onward.on('error', () => socket.destroy());
      socket.on('close', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    });
    await http().update('proxy', `http://127.0.0.1:${await listen(proxy)}`, Global);
    return { authority, asked, came };
  }

  function clientWith(tls: TlsOptions) {
    const endpoint = new URL(`https://${HOST}`);
    const proxy = proxyOf(endpoint);
    const { mailbox, password, sharedKey } = DEFAULT_MAILBOXES[0]!;
    const transport = createTransport({ tls, proxy, node: NODE });
    return createMeshClient({ endpoint, mailbox, password, sharedKey, tls, proxy }, { transport, retries: 0 });
  }

  it('leads through the proxy of VS Code’s settings once, with each mailbox’s own certificate', async () => {
    const { authority, asked, came } = await behindProxy();
    for (const commonName of ['One', 'Other']) {
      const identity = await certified(authority, { commonName });
      const client = clientWith({ ca: authority.cert, ...identity });
      await client.handshake();
      await client.handshake({ again: true });
    }
    assert.deepEqual(came, ['One', 'One', 'Other', 'Other']);
    assert.deepEqual(asked, [`${HOST}:443`, `${HOST}:443`], 'one tunnel for each, kept for its second question');
  });

  it('checks certificates whatever http.proxyStrictSSL says, and tells what is wrong with them', async () => {
    const { came } = await behindProxy();
    await http().update('proxyStrictSSL', false, Global);
    const { theirs: wrong } = await identities();
    await assert.rejects(
      clientWith({ ca: wrong.cert }).handshake(),
      (error) => error instanceof MeshError && error.kind === 'certificate' && /not in the CA file/.test(error.message),
    );
    assert.deepEqual(came, []);
  });

  it('leads through no proxy where the settings say so', async () => {
    const endpoint = new URL(`https://${HOST}`);
    await http().update('proxy', 'http://127.0.0.1:9', Global);
    assert.equal(proxyOf(endpoint)?.port, '9');
    await http().update('noProxy', ['.example.invalid'], Global);
    assert.equal(proxyOf(endpoint), undefined);
    await http().update('noProxy', undefined, Global);
    await http().update('proxySupport', 'off', Global);
    assert.equal(proxyOf(endpoint), undefined);
  });
});

// The process of the extension is killed in the middle of a send, and the window opened again: what the view Sent says must
// be true of what the server has, which is a process of its own and loses nothing.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import * as window from './page.mjs';
import { PASSWORD, SHARED_KEY } from './sandbox.mjs';
import { pictures } from './themes.mjs';
import * as tree from './tree.mjs';
import { openWorkbench } from './workbench.mjs';

const SEND = 'ITK3: Send message to MESH mailbox…';
const EXAMPLE = readFileSync('examples/emergency-supply.json', 'utf8');
const { createMeshClient } = createRequire(import.meta.url)(path.resolve('out/mesh/client.js'));

describe('a window that is killed in the middle of a send', function () {
  this.timeout(180_000);
  let folder;
  let sandbox;
  let wire;
  let workbench;
  let page;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'itk3-killed-'));
    sandbox = await startSandbox(path.join(folder, 'mesh'));
    wire = await startWire(sandbox.url);
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      settings: {
        'itk3.mailboxes': [{ name: 'Corner pharmacy', endpoint: wire.url, mailbox: 'X26PHARMACY' }],
        'itk3.following.poll': 0,
      },
    });
    ({ page } = workbench);
  });

  after(async () => {
    await workbench?.close();
    await wire?.close();
    await sandbox?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed')
      await window.screenshot(page, `failed: killed ${this.currentTest.title}`.replace(/\W+/g, '-'), 'out/screenshots');
  });

  for (const { moment, arrives, before } of [
    { moment: 'before MESH has it', arrives: false, before: ['Not known whether it was sent', 'Not sent'] },
    {
      moment: 'when MESH has it and has not answered',
      arrives: true,
      before: ['Not known whether it was sent', 'Waiting'],
    },
    { moment: 'when MESH has answered', arrives: true, before: ['Not known whether it was sent', 'Waiting'] },
  ])
    it(`tells the truth: ${moment}`, async () => {
      const id = randomUUID();
      const name = `${moment.replaceAll(' ', '-')}.json`;
      writeFileSync(path.join(workbench.folder, name), messageOf(id));
      await window.openFile(page, name);
      const reached = wire.holdAt(moment);
      await window.runCommand(page, SEND);
      await row('Corner pharmacy').first().click();
      await window.pickItem(page, 'To a mailbox whose id you give');
      await window.typeInput(page, 'X26SURGERY');
      await window.answerDialog(page, 'Send this message to 127.0.0.1', 'Send');
      await secretsUntil(reached);
      await killExtensionHost(workbench.dataDir);
      wire.cut();
      await page.reload();
      await page.locator('.monaco-workbench .part.editor').waitFor();

      await tree.showView(page, 'Sent');
      const line = tree.treeRow(page, 'Sent', name).first();
      await line.waitFor();
      const told = await line.innerText();
      assert.ok(
        before.some((words) => told.includes(words)),
        told,
      );
      assert.deepEqual(await answersTo(id), arrives ? ['20013', '30001'] : [], 'as told, and once only');
      await pictures(workbench, `killed-${name.replace('.json', '')}`, { themes: ['dark'] });

      // What is still open, MESH and the acknowledgements settle.
      if (arrives) {
        await tree.showView(page, 'Mailboxes');
        const mailbox = tree.treeRow(page, 'Mailboxes', 'Corner pharmacy').first();
        await tree.pressInline(mailbox, 'Look into mailbox');
        await secretsUntil(tree.treeRow(page, 'Sent', name).filter({ hasText: 'Accepted: 30001' }).first().waitFor());
      } else if (!told.includes('Not sent')) {
        await tree.chooseInMenu(line, 'Ask MESH about this message');
        await secretsUntil(tree.treeRow(page, 'Sent', name).filter({ hasText: 'Not sent' }).first().waitFor());
      }
      await pictures(workbench, `killed-${name.replace('.json', '')}-settled`, { themes: ['dark'] });
      assert.equal(wire.sent(), arrives ? 1 : 0, 'nothing was sent again');
    });

  const row = (text) => page.locator('.quick-input-widget .quick-input-list .monaco-list-row', { hasText: text });

  /** Gives password and shared key as often as they are asked for: a window that is opened again may have lost them. */
  async function secretsUntil(done) {
    let over = false;
    const ended = done.finally(() => (over = true));
    const box = (title) => page.locator('.quick-input-widget:visible', { hasText: title });
    const answers = [
      [box('Password of the mailbox'), PASSWORD],
      [box('Shared key'), SHARED_KEY],
    ];
    const type = async () => {
      while (!over)
        for (const [asked, answer] of answers)
          if (await asked.isVisible()) {
            await asked
              .locator('input')
              .first()
              .fill(answer, { timeout: 1_000 })
              .catch(() => undefined);
            await page.keyboard.press('Enter');
            await asked.waitFor({ state: 'hidden', timeout: 1_000 }).catch(() => undefined);
          }
    };
    await Promise.all([ended, type()]);
  }

  /** The codes of all that the practice has answered to a message, in their order. */
  async function answersTo(id) {
    const mailbox = {
      endpoint: new URL(sandbox.url),
      mailbox: 'X26PHARMACY',
      password: PASSWORD,
      sharedKey: SHARED_KEY,
    };
    const client = createMeshClient(mailbox);
    const codes = [];
    for (const meshId of await client.inbox()) {
      const { body } = await client.download(meshId);
      const answer = body.toString();
      if (answer.includes(id)) codes.push(/<code value="([123]\d{4})"\/>/.exec(answer)?.[1]);
    }
    return codes.sort();
  }
});

/** The example, under identifiers of its own; that of its header is given. */
function messageOf(id) {
  const header = /"MessageHeader",\s*"id": "([^"]+)"/.exec(EXAMPLE)[1];
  const ids = new Map([[header, id]]);
  return EXAMPLE.replace(
    /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
    (old) => ids.get(old) ?? ids.set(old, randomUUID()).get(old),
  );
}

/** The sandbox of the terminal, as a team would run it. */
async function startSandbox(folder) {
  const child = spawn(process.execPath, ['dist/cli.js', 'sandbox', '--port', '0', '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const listening = /MESH sandbox on (http:\/\/\S+?),/.exec(output);
      if (listening) resolve(listening[1]);
    });
    child.once('exit', (code) => reject(new Error(`The sandbox stopped with exit code ${code}`)));
  });
  const close = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await gone;
  };
  return { url, close };
}

/** Stands between the window and MESH, and keeps a send back at a moment. */
async function startWire(target) {
  let holding;
  let sent = 0;
  const forward = (request, body) =>
    new Promise((resolve, reject) => {
      const { method, url, headers } = request;
      const passed = http.request(new URL(url, target), { method, headers }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
        );
      });
      passed.on('error', reject);
      passed.end(body);
    });
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const held = request.method === 'POST' && request.url.endsWith('/outbox') ? holding : undefined;
    if (held?.moment === 'before MESH has it') {
      held.reached();
      return;
    }
    const answer = await forward(request, Buffer.concat(parts));
    if (held) sent++;
    if (held?.moment === 'when MESH has it and has not answered') {
      held.reached();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body, () => held?.reached());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    holdAt(moment) {
      sent = 0;
      return new Promise((reached) => (holding = { moment, reached }));
    },
    sent: () => sent,
    cut() {
      holding = { moment: 'none', reached: () => undefined };
      server.closeAllConnections();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The one below the server whose data lie there: no other process is touched. */
async function killExtensionHost(dataDir) {
  const processes = execFileSync('ps', ['-axo', 'pid=,ppid=,command='], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid ? [{ pid: Number(pid), parent: Number(parent), command }] : [];
    });
  const server = processes.find(({ command }) => command.includes(`--server-data-dir ${dataDir}`));
  assert.ok(server, 'the server is there');
  const hosts = processes.filter(({ parent, command }) => parent === server.pid && command.includes('extensionHost'));
  assert.equal(hosts.length, 1, hosts.map(({ command }) => command).join('\n'));
  process.kill(hosts[0].pid, 'SIGKILL');
}

// The language server and the terminal's judging speak to nobody but the terminology server that was named: every door of node's
// network is watched, in a process of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  type Diagnostic,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  HoverRequest,
  ReferencesRequest,
} from 'vscode-languageserver-protocol/node';
import { SNOMED, startTerminologyServer } from '../terminology/server';
import { startLanguageServer } from './language-server';

/** Runs before anything else of the process: writes down whom it turns to, and which programs it starts. */
const GUARD = `
  const fs = require('node:fs');
  const say = (what) => fs.appendFileSync(process.env.ITK3_WATCHED, JSON.stringify(what) + '\\n');
  const watch = (object, name, tell) => {
    const own = object[name];
    object[name] = function (...args) { say(tell(...args)); return own.apply(this, args); };
  };
  const net = require('node:net');
  watch(net.Socket.prototype, 'connect', (...args) => {
    const [options] = Array.isArray(args[0]) ? args[0] : args;
    const { host, port, path } = typeof options === 'object' ? options : { port: options };
    return 'connect ' + (path ?? (host ?? 'localhost') + ':' + port);
  });
  watch(net.Server.prototype, 'listen', () => 'listen');
  const dns = require('node:dns');
  for (const [object, kind] of [[dns, 'dns'], [dns.promises, 'dns']])
    for (const name of Object.keys(object).filter((one) => /^(lookup|resolve|reverse)/.test(one)))
      watch(object, name, (host) => kind + ' ' + host);
  const dgram = require('node:dgram');
  for (const name of ['send', 'connect', 'bind']) watch(dgram.Socket.prototype, name, () => 'dgram ' + name);
  const programs = require('node:child_process');
  for (const name of ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync', 'execFileSync'])
    watch(programs, name, (command) => 'program ' + command);
`;

describe('whom it speaks to', function () {
  this.timeout(120_000);

  let folder: string;
  let guard: string[];
  const watched = (): string[] => {
    const file = process.env.ITK3_WATCHED!;
    if (!fs.existsSync(file)) return [];
    const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => String(JSON.parse(line)));
  };

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-network-'));
    process.env.ITK3_WATCHED = path.join(folder, 'watched');
    fs.writeFileSync(path.join(folder, 'guard.cjs'), GUARD);
    guard = ['--require', path.join(folder, 'guard.cjs')];
  });

  afterEach(() => {
    delete process.env.ITK3_WATCHED;
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const message = (): string => fs.readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8');
  const coded = JSON.stringify({
    resourceType: 'Basic',
    code: { coding: [{ system: SNOMED, code: '73211009', display: 'Diabetes' }] },
  });

  /** Everything that an editor may ask of a document, at every thirtieth line. */
  async function useEverything(section: unknown, enough?: (told: readonly Diagnostic[]) => boolean): Promise<void> {
    const server = await startLanguageServer(guard, section);
    try {
      const texts = { 'file:///a.json': message(), 'file:///b.xml': asXml() };
      for (const [uri, text] of Object.entries(texts)) {
        const diagnostics = await server.open(uri, text);
        const ask = server.connection;
        const textDocument = { uri };
        await ask.sendRequest(DocumentSymbolRequest.type, { textDocument });
        await ask.sendRequest(DocumentLinkRequest.type, { textDocument });
        await ask.sendRequest(DocumentFormattingRequest.type, {
          textDocument,
          options: { tabSize: 2, insertSpaces: true },
        });
        for (const { range } of diagnostics)
          await ask.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics } });
        for (let line = 0; line < text.split('\n').length; line += 30) {
          const at = { textDocument, position: { line, character: 20 } };
          await ask.sendRequest(HoverRequest.type, at);
          await ask.sendRequest(CompletionRequest.type, at);
          await ask.sendRequest(DefinitionRequest.type, at);
          await ask.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } });
        }
      }
      await server.open('file:///c.json', coded, enough);
      assert.deepEqual(await server.end(), [0, null]);
    } finally {
      server.kill();
    }
  }

  const asXml = (): string =>
    spawnSync(process.execPath, ['dist/cli.js', 'convert', '--to', 'xml', 'examples/emergency-supply.json'], {
      encoding: 'utf8',
    }).stdout;

  it('the language server to nobody, and it starts no program', async () => {
    await useEverything({});
    assert.deepEqual(watched(), []);
  });

  it('the language server to the terminology server that was named, and to no other', async () => {
    const terminology = await startTerminologyServer();
    try {
      // That the display is another than the server's can only come from there.
      await useEverything({ terminology: { server: terminology.address } }, (told) =>
        told.some(({ code, message: says }) => code === 'display' && says.includes('Diabetes mellitus')),
      );
    } finally {
      await terminology.stop();
    }
    assert.ok(terminology.asked.length > 0);
    assert.deepEqual([...new Set(watched())], [`connect ${terminology.host}`]);
  });

  it('the terminal to nobody when it checks, writes and converts', () => {
    const itk3 = (...args: string[]) => spawnSync(process.execPath, [...guard, 'dist/cli.js', ...args]);
    assert.equal(itk3('validate', 'examples/emergency-supply-with-mistakes.json').status, 1);
    assert.equal(itk3('new', 'emergency-supply').status, 0);
    assert.equal(itk3('convert', '--to', 'xml', 'examples/emergency-supply.json').status, 0);
    assert.deepEqual(watched(), []);
  });

  it('and is seen when it does speak', () => {
    const script = `
      const net = require('net'), dns = require('dns');
      net.connect(1, '127.0.0.1').on('error', () => undefined);
      fetch('http://127.0.0.1:2/').catch(() => undefined);
      dns.lookup('localhost', () => undefined);
      require('https').get('https://127.0.0.1:4/').on('error', () => undefined);
      require('dgram').createSocket('udp4').send('x', 3, '127.0.0.1', function () { this.close(); });`;
    spawnSync(process.execPath, [...guard, '-e', script]);
    const seen = watched();
    for (const one of [
      'connect 127.0.0.1:1',
      'connect 127.0.0.1:2',
      'connect 127.0.0.1:4',
      'dns localhost',
      'dgram send',
    ])
      assert.ok(seen.includes(one), `${one} in ${seen.join()}`);
  });
});

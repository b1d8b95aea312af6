import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type CodeAction, DiagnosticSeverity, type PublishDiagnosticsParams } from 'vscode-languageserver/node';
import {
  parameters,
  send,
  type ServerOptions,
  SNOMED,
  startTerminologyServer,
  type TerminologyServer,
} from '../terminology/server';
import { type Client, codes, hoverAt, type OpenDocument, startClient } from './client';

const basic = (code: string, display: string): string =>
  `{ "resourceType": "Basic", "code": { "coding": [{ "system": "${SNOMED}", "code": "${code}", "display": "${display}" }] } }`;

/** Of no concept that the server has. */
const MISSING = '732112001';

describe('a terminology server in the editor', () => {
  const clients: Client[] = [];
  const servers: TerminologyServer[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) client.stop();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  const section = (server: unknown) => ({ terminology: { server } });

  async function start(options: ServerOptions = {}): Promise<{ server: TerminologyServer; client: Client }> {
    const server = await startTerminologyServer(options);
    servers.push(server);
    return { server, client: await begin(section(server.address)) };
  }

  async function begin(settings: unknown): Promise<Client> {
    const client = await startClient({ section: settings });
    clients.push(client);
    return client;
  }

  /** The first that is published, now or later, with just these findings. */
  async function until(document: OpenDocument, ...expected: string[]): Promise<PublishDiagnosticsParams> {
    let published = await document.published();
    while (codes(published.diagnostics).join() !== expected.join()) published = await document.next();
    return published;
  }

  /** Keeps the answers to everything but metadata back. */
  function holding(): { options: ServerOptions; held: Promise<ServerResponse>; release: () => void } {
    let open = false;
    const waiting: (() => void)[] = [];
    let tell: (response: ServerResponse) => void;
    const held = new Promise<ServerResponse>((resolve) => (tell = resolve));
    const options: ServerOptions = {
      instead: (path, query, response) => {
        if (open || path === 'metadata') return false;
        waiting.push(() => {
          const found = query.get('code') !== MISSING;
          send(response, 200, parameters({ result: found, display: 'Diabetes mellitus', version: 'x' }));
        });
        tell(response);
        return true;
      },
    };
    return {
      options,
      held,
      release: () => {
        open = true;
        for (const go of waiting) go();
      },
    };
  }

  it('is not waited for: what is known without it is there at once, the rest when it has answered', async () => {
    const { options, held, release } = holding();
    const { client } = await start(options);
    const document = client.open(basic(MISSING, 'x').replace('"Basic"', '"Basic", "gender": 1'));
    const first = await document.published();
    assert.deepEqual(codes(first.diagnostics), ['unknown-property', 'not-checked']);
    const next = document.next();
    await held;
    release();
    const { diagnostics, version } = await next;
    assert.equal(version, 1);
    assert.deepEqual(codes(diagnostics), ['unknown-property', 'code-unknown']);
    const [, unknown] = diagnostics;
    assert.equal(document.spanText(unknown!.range), `"${MISSING}"`);
    assert.equal(unknown!.severity, DiagnosticSeverity.Error);
  });

  it('is asked again about nothing that it has answered: an edit elsewhere shows its answers at once', async () => {
    const { client, server } = await start();
    const document = client.open(basic('73211009', 'Asthma'));
    await until(document, 'display');
    const { length } = server.asked;
    await document.edit(document.text.indexOf('"code"'), 0, '"id": "a", ');
    assert.deepEqual(codes((await document.published()).diagnostics), ['display']);
    assert.deepEqual(codes((await client.open(document.text).published()).diagnostics), ['display']);
    assert.equal(server.asked.length, length);
  });

  it('offers the right display as a quick fix', async () => {
    const { client } = await start();
    const document = client.open(basic('73211009', 'Asthma'));
    const [{ range }] = (await until(document, 'display')).diagnostics as [PublishDiagnosticsParams['diagnostics'][0]];
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: document.uri },
      range,
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change to "Diabetes mellitus"'],
    );
  });

  it('tells the hover what a code is called, and whether it is still in use', async () => {
    const { client, server } = await start();
    await until(client.open(basic('73211009', 'Asthma')), 'display');
    const hover = await hoverAt(client, basic('73211|009', 'Asthma'));
    assert.match(hover!.markdown, /^\*\*Diabetes mellitus\*\* `73211009`\n\nSays 127\.0\.0\.1/);
    await until(client.open(basic('154671004', 'Ear, nose and throat disorder')), 'code-inactive');
    const old = await hoverAt(client, basic('154671004', 'Ear, nose and |throat disorder'));
    assert.ok(old!.markdown.includes(`No longer in use, says ${server.host}`), old!.markdown);
  });

  it('has its severities set like any other', async () => {
    const server = await startTerminologyServer();
    servers.push(server);
    const client = await begin({ ...section(server.address), rules: { display: 'off', 'code-unknown': 'warning' } });
    const { diagnostics } = await until(client.open(basic(MISSING, 'x')), 'code-unknown');
    assert.deepEqual(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [['code-unknown', DiagnosticSeverity.Warning]],
    );
    await until(client.open(basic('73211009', 'Asthma')));
  });

  it('is no longer asked for what an edit took away, and its late answer is not shown', async () => {
    const { options, held, release } = holding();
    const { client } = await start(options);
    const document = client.open(basic(MISSING, 'x'));
    const response = await held;
    const closed = once(response, 'close');
    const at = document.text.indexOf(MISSING);
    await document.edit(at, MISSING.length, '73211009');
    await closed;
    assert.equal(response.writableEnded, false);
    await until(document, 'not-checked');
    release();
    assert.equal((await until(document, 'display')).version, 2);
  });

  it('is no longer asked for a document that was closed', async () => {
    const { options, held } = holding();
    const { client } = await start(options);
    const document = client.open(basic(MISSING, 'x'));
    const closed = once(await held, 'close');
    await document.close();
    await closed;
  });

  it('that cannot answer is one note, without the code, and never an error', async () => {
    const { client, server } = await start();
    await server.stop();
    const { diagnostics } = await until(client.open(basic('73211009', 'Asthma')), 'terminology-server', 'not-checked');
    assert.deepEqual(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [
        ['terminology-server', DiagnosticSeverity.Information],
        ['not-checked', DiagnosticSeverity.Hint],
      ],
    );
    assert.match(diagnostics[0]!.message, /nothing listens there/);
    assert.doesNotMatch(diagnostics[0]!.message + client.log.join(''), /73211009|Asthma/);
  });

  it('at an address that cannot be used is a note, too', async () => {
    const client = await begin(section('http://tx.example.org/fhir'));
    const { diagnostics } = await until(client.open(basic('73211009', 'Asthma')), 'terminology-server', 'not-checked');
    assert.match(diagnostics[0]!.message, /https:\/\//);
    const other = client.open('{ "resourceType": "Patient", "gender": "male" }');
    assert.deepEqual((await other.published()).diagnostics, []);
  });

  it('is asked from the moment it is named, and not after its name is gone', async () => {
    const server = await startTerminologyServer();
    servers.push(server);
    const client = await begin({});
    const document = client.open(basic('73211009', 'Asthma'));
    await until(document, 'not-checked');
    assert.deepEqual(server.asked, []);
    await client.configure(section(server.address));
    await until(document, 'display');
    await client.configure({});
    await until(document, 'not-checked');
  });

  it('is not asked where the setting makes no sense', async () => {
    for (const server of [7, null, ['https://tx.example.org'], {}, '  ']) {
      const client = await begin(section(server));
      assert.deepEqual(codes((await client.open(basic('73211009', 'x')).published()).diagnostics), ['not-checked']);
    }
  });
});

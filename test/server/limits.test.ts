// Work that does not end: it is stopped, the person is told in one sentence, and everything else goes on.
import assert from 'node:assert/strict';
import { DiagnosticSeverity, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { knowledge } from '../knowledge';
import { type Client, codes, startClient } from './client';

const LIMITS = { check: 3000, request: 20_000, packages: 60_000 };
const MESSAGE = '{ "resourceType": "Patient", "gender": "none" }';

/** Judging any patient never ends, as with a pattern of somebody's profile that nobody foresaw. */
function endless(): ReturnType<typeof knowledge> {
  const shapes = new Proxy(knowledge().shapes, {
    get(all, type: string) {
      while (type === 'Patient');
      return all[type];
    },
  });
  return { ...knowledge(), shapes };
}

describe('work that does not end', () => {
  let client: Client;
  afterEach(() => client.stop());

  it('on a check is stopped and said where the problems stand, and the next document is checked by what was read anew', async () => {
    client = await startClient({ knowledge: endless(), limits: LIMITS });
    const { diagnostics } = await client.open(MESSAGE).published();
    assert.deepEqual(
      diagnostics.map(({ severity, message }) => [severity, message]),
      [
        [
          DiagnosticSeverity.Information,
          'This document is not checked: that took longer than 3 seconds and was stopped. What takes so long may be a constraint of your own profiles, or the size of the document.',
        ],
      ],
    );
    assert.equal(client.log.length, 1);
    // What the server knows was read anew, so that nothing half made is left: in the real shapes patients come to an end.
    const again = await client.open(MESSAGE).published();
    assert.deepEqual(codes(again.diagnostics), ['binding']);
  });

  it('for a request is answered by an error that says so', async () => {
    client = await startClient({ knowledge: endless(), limits: { ...LIMITS, request: 2000 } });
    const document = client.open(MESSAGE);
    const start = { line: 0, character: 30 };
    const ask = (uri: string): Promise<unknown> =>
      client.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: { start, end: start },
        context: { diagnostics: [] },
      });
    await assert.rejects(ask(document.uri), (error) => {
      assert.ok(error instanceof ResponseError);
      assert.equal(error.code, LSPErrorCodes.RequestFailed);
      assert.match(error.message, /^Findings took longer than 2 seconds in this document, so ITK3 stopped it\./);
      return true;
    });
  });
});

describe('what is asked of a text as a whole', () => {
  it('is refused when the text changes, or taken back, before there is an answer', async () => {
    const client = await startClient();
    const document = client.open(MESSAGE);
    const { connection } = client;
    const textDocument = { uri: document.uri };
    const first = connection.sendRequest('textDocument/documentSymbol', { textDocument });
    void document.edit(1, 0, ' ');
    const second = connection.sendRequest<unknown[]>('textDocument/documentSymbol', { textDocument });
    await assert.rejects(first, { code: LSPErrorCodes.ContentModified });
    assert.equal((await second).length, 1);
    client.stop();
  });
});

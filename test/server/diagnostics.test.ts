import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Knowledge } from '../../core/knowledge';
import { knowledge } from '../knowledge';
import { type Client, codes, EDITOR, spansIn, startClient } from './client';

const PATIENT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
const HAND_CAPABILITIES = { ...EDITOR, workspace: { configuration: false } };

describe('diagnostics', () => {
  const clients: Client[] = [];
  const start = async (...options: Parameters<typeof startClient>): Promise<Client> => {
    const client = await startClient(...options);
    clients.push(client);
    return client;
  };
  after(() => clients.forEach((client) => client.stop()));

  it('say what is wrong, where, how badly, and who says so', async () => {
    const { text, spans } = spansIn('{ "resourceType": "Patient", "gender": ⟦"mail"⟧ }');
    const document = (await start()).open(text);
    const { diagnostics, version } = await document.published();
    assert.equal(version, 1);
    const [only, ...rest] = diagnostics;
    assert.deepEqual(rest, []);
    assert.equal(document.spanText(only!.range), spans[0]);
    assert.equal(only!.severity, DiagnosticSeverity.Error);
    assert.equal(only!.source, 'itk3');
    assert.equal(only!.code, 'binding');
    assert.match(only!.codeDescription!.href, /^https?:/);
    assert.match(only!.message, /^"mail" is not .* male/);
  });

  it('say nothing of a resource that is right', async () => {
    const document = (await start()).open('{ "resourceType": "Patient", "gender": "male" }');
    assert.deepEqual((await document.published()).diagnostics, []);
  });

  it('point at the other place of a finding, for a client that can show it', async () => {
    const text = '{ "resourceType": "Patient", "id": "a", "id": "b" }';
    const document = (await start()).open(text);
    const [twice] = (await document.published()).diagnostics;
    assert.equal(twice!.code, 'duplicate-key');
    const [first] = twice!.relatedInformation!;
    assert.equal(first!.location.uri, document.uri);
    assert.equal(document.spanText(first!.location.range), '"id"');
    assert.ok(first!.location.range.start.character < twice!.range.start.character);

    const plain = await start({ capabilities: {} });
    assert.equal((await plain.open(text).published()).diagnostics[0]!.relatedInformation, undefined);
  });

  it('are cleared when the document is closed', async () => {
    const document = (await start()).open('{ "resourceType": "Patient", "gender": "mail" }');
    assert.equal((await document.published()).diagnostics.length, 1);
    const cleared = document.next();
    await document.close();
    assert.deepEqual(await cleared, { uri: document.uri, diagnostics: [] });
  });

  it('show the last state after a flood of edits', async () => {
    const client = await start();
    const document = client.open('{ "resourceType": "Patient", "gender": "male" }');
    const at = document.text.indexOf('male');
    for (let i = 0; i < 300; i++) {
      await document.edit(at, 4, i % 2 === 0 ? 'mail' : 'male');
      // Requests in between must be answered from the text as it then is.
      if (i % 50 === 0)
        await client.connection.sendRequest('textDocument/hover', {
          textDocument: { uri: document.uri },
          position: { line: 0, character: at },
        });
    }
    await document.edit(at, 4, 'feemale');
    const { diagnostics, version } = await document.published();
    assert.equal(version, 302);
    assert.deepEqual(codes(diagnostics), ['binding']);
    assert.match(diagnostics[0]!.message, /"feemale"/);
    await document.edit(at, 7, 'female');
    assert.deepEqual((await document.published()).diagnostics, []);
  });

  it('keep documents apart', async () => {
    const client = await start();
    const wrong = client.open('{ "resourceType": "Patient", "gender": "mail" }');
    const right = client.open('{ "resourceType": "Patient", "gender": "male" }');
    assert.equal((await wrong.published()).diagnostics.length, 1);
    assert.equal((await right.published()).diagnostics.length, 0);
  });

  describe('by setting', () => {
    const text = `{ "resourceType": "Patient", "meta": { "profile": ["${PATIENT}x1"] }, "gender": "mail" }`;

    it('have the severity the user wants, and change when it changes', async () => {
      const client = await start({ section: { rules: { binding: 'hint', 'unknown-profile': 'off' } } });
      const document = client.open(text);
      const [only, ...rest] = (await document.published()).diagnostics;
      assert.deepEqual([only!.code, only!.severity, rest], ['binding', DiagnosticSeverity.Hint, []]);

      const changed = document.next();
      await client.configure({ rules: { binding: 'information' } });
      const { diagnostics } = await changed;
      assert.deepEqual(
        diagnostics.map(({ code, severity }) => [code, severity]),
        [
          ['unknown-profile', DiagnosticSeverity.Warning],
          ['binding', DiagnosticSeverity.Information],
        ],
      );
    });

    it('of a client that cannot be asked, at the start and later', async () => {
      const client = await start({
        capabilities: HAND_CAPABILITIES,
        initializationOptions: { rules: { binding: 'off' } },
      });
      const document = client.open(text);
      assert.deepEqual(codes((await document.published()).diagnostics), ['unknown-profile']);
      const changed = document.next();
      await client.configure({ rules: { 'unknown-profile': 'off' } });
      assert.deepEqual(codes((await changed).diagnostics), ['binding']);
    });

    it('which makes no sense, as if it were not there', async () => {
      for (const section of [null, 7, 'off', { rules: 'off' }, { rules: { binding: 'loud' } }, { rules: [1] }]) {
        const client = await start({ section });
        assert.deepEqual(codes((await client.open(text).published()).diagnostics), ['unknown-profile', 'binding']);
      }
    });
  });

  it('of a document that is too large are one sentence', async () => {
    const client = await start();
    const huge = `{ "resourceType": "Binary", "content": "${'A'.repeat(20_000_000)}" }`;
    const { diagnostics } = await client.open(huge).published();
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0]!.message, /larger than 20 MB/);
    const other = await client.open(huge.replace('resourceType', 'somethingElse')).published();
    assert.deepEqual(other.diagnostics, []);
  }).timeout(20_000);

  it('of a check that fails are one sentence without the content, and the server lives on', async () => {
    const real = knowledge();
    const broken: Knowledge = {
      ...real,
      registry: {
        ...real.registry,
        childrenOf: (element, type) => {
          if (element.path.startsWith('Patient')) throw new Error('no way to read Sandbach');
          return real.registry.childrenOf(element, type);
        },
      },
      shapes: {
        ...real.shapes,
        Patient: (value: unknown) => {
          throw new Error(`no way to read ${JSON.stringify(value)}`);
        },
      },
    };
    const client = await start({ knowledge: broken });
    const document = client.open('{ "resourceType": "Patient", "name": [{ "family": "Sandbach" }] }');
    const { diagnostics } = await document.published();
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0]!.message, /failed/);
    assert.doesNotMatch(JSON.stringify(diagnostics) + client.log.join(), /Sandbach/);
    assert.match(client.log.join(), /A check failed: Error at /);
    const answer: unknown = await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: document.uri },
      position: { line: 0, character: 4 },
    });
    assert.equal(answer, null);
    assert.doesNotMatch(client.log.join(), /Sandbach/);
    const other = client.open('{ "resourceType": "Organization", "name": "Quillbury", "active": "yes" }');
    assert.deepEqual(codes((await other.published()).diagnostics), ['kind']);
  });
});

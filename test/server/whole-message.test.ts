// The features on a whole message: nothing in it is without an answer.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { parseTree, type Node } from 'jsonc-parser';
import { draftMessage } from '../../core/draft/message';
import { knowledge } from '../knowledge';
import { type Client, completeAt, completerOf, startClient } from './client';
import { DiagnosticSeverity } from 'vscode-languageserver/node';

let count = 0;
const message = draftMessage('emergency-supply', {
  knowledge: knowledge(),
  fresh: {
    now: new Date('2026-01-31T09:30:00Z'),
    randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    random: () => 0.5,
  },
});
const text = JSON.stringify(message, null, 2);

function propertiesIn(node: Node): Node[] {
  const inside = (node.children ?? []).flatMap(propertiesIn);
  return node.type === 'property' ? [node, ...inside] : inside;
}

describe('in a whole message', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  it('nothing is wrong', async () => {
    const { diagnostics } = await client.open(text).published();
    const told = diagnostics.filter((d) => d.severity !== DiagnosticSeverity.Hint);
    assert.deepEqual(told, []);
  });

  it('accepting the name that stands there changes nothing', async function () {
    // Each of hundreds of places is a request of its own.
    this.timeout(60_000);
    const example = fs.readFileSync('examples/emergency-supply.json', 'utf8');
    const value: unknown = JSON.parse(example);
    const names = propertiesIn(parseTree(example)!).map(({ children }) => children![0]!);
    assert.ok(names.length > 400);
    const notOffered: unknown[] = [];
    const completeIn = completerOf(client, example);
    for (const { offset, value: name } of names) {
      const { labels, accept } = await completeIn(offset + 2);
      if (!labels.includes(name as string)) notOffered.push(name);
      else assert.deepEqual(JSON.parse(accept(name as string)), value, example.slice(offset, offset + 60));
    }
    // Without its name it is no resource, and nothing is known of it.
    assert.deepEqual(notOffered, ['resourceType']);
    assert.deepEqual(client.log, []);
  });

  it('completion fails nowhere, even where the text stops there', async () => {
    for (let end = 50; end < text.length; end += 997) await completeAt(client, `${text.slice(0, end)}|`);
    assert.deepEqual(client.log, []);
  });
});

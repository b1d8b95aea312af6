// Hover on whole messages: it answers on every name and every value, and says more than the text does.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { parseTree, type Node } from 'jsonc-parser';
import type { Hover } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { writeReply } from '../../core/itk3/reply';
import { readMessage } from '../../core/itk3/message';
import { draftMessage } from '../../core/draft/message';
import { knowledge } from '../knowledge';
import { publishedFiles, textOfPublished } from '../published';
import { type Client, startClient } from './client';

const EXAMPLE = fs.readFileSync('examples/emergency-supply.json', 'utf8');
const PUBLISHED = 'examples/emergency-supply/guide-1.3.0-example-1.json';

let count = 0;
const moment = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
};

function acknowledgement(code: string): string {
  const responder = { odsCode: 'Z99999', mailbox: 'X26GP1' };
  const reply = writeReply(readMessage(JSON.parse(EXAMPLE)), { code }, responder, knowledge(), moment);
  return JSON.stringify(reply, null, 2);
}

const MESSAGES: [string, string][] = [
  ['our example', EXAMPLE],
  ...publishedFiles('examples/emergency-supply')
    .filter((name) => name === PUBLISHED)
    .map((name): [string, string] => ['the published example', textOfPublished(name)]),
  [
    'a new message',
    JSON.stringify(
      draftMessage('emergency-supply', { knowledge: knowledge(), fresh: { ...moment, random: () => 0.5 } }),
      null,
      2,
    ),
  ],
  ['an infrastructure acknowledgement', acknowledgement('20013')],
  ['a refusal', acknowledgement('20009')],
  ['a business acknowledgement', acknowledgement('30001')],
];

/** Names of properties whose values are codes, parts of a Coding, or who gave them. */
const CODED = new Set([
  'code',
  'system',
  'display',
  'status',
  'use',
  'gender',
  'type',
  'mode',
  'reference',
  'resourceType',
]);

function propertiesIn(node: Node): [Node, Node][] {
  const inside = (node.children ?? []).flatMap(propertiesIn);
  const [name, value] = node.type === 'property' ? (node.children ?? []) : [];
  return name && value ? [[name, value], ...inside] : inside;
}

function itemsIn(node: Node): Node[] {
  const items = node.type === 'array' ? (node.children ?? []).filter((item) => !item.children) : [];
  return [...items, ...(node.children ?? []).flatMap(itemsIn)];
}

function paragraphs(markdown: string): string[] {
  return markdown.split('\n\n');
}

/** Some words that are not the name of the element, how often it may stand, or who says so. */
function hasSentence(markdown: string): boolean {
  return paragraphs(markdown)
    .slice(2)
    .some((text) => !/^(From|Example:|Codes|Slices:|---)/.test(text) && text.length > 3);
}

/** Letters and digits of what stands before the element, with those of the value itself taken out. */
function beyond(value: unknown, markdown: string): string {
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  const [first = ''] = markdown.split('\n\n---\n\n');
  return bare(first).replace(bare(String(value)), '');
}

describe('hover everywhere in', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  for (const [title, text] of MESSAGES)
    it(title, async function () {
      // Each of hundreds of places is a request of its own.
      this.timeout(60_000);
      const { uri } = client.open(text);
      const document = TextDocument.create(uri, 'json', 1, text);
      const hoverOn = async (node: Node): Promise<string> => {
        const position = document.positionAt(node.offset + (node.children ? 0 : 1));
        const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
          textDocument: { uri },
          position,
        });
        assert.ok(hover, `nothing at ${text.slice(node.offset, node.offset + 60)}`);
        return (hover.contents as { value: string }).value;
      };
      const tree = parseTree(text)!;
      const properties = propertiesIn(tree);
      assert.ok(properties.length > 30);
      for (const [name, value] of properties) {
        const key = name.value as string;
        const onName = await hoverOn(name);
        assert.match(onName, /^\*\*[^*]+\*\*/, key);
        assert.match(paragraphs(onName)[1]!, /^`\d+\.\.(\d+|\*)` /, key);
        assert.ok(hasSentence(onName), `${key} has no sentence: ${onName}`);
        const onValue = await hoverOn(value);
        if (!value.children && CODED.has(key))
          assert.ok(beyond(value.value, onValue).length > 3, `${key} says no more than it does: ${onValue}`);
      }
      for (const item of itemsIn(tree)) await hoverOn(item);
      assert.deepEqual(client.log, []);
    });
});

// Completion at every place of a whole message where what stood there was cut out: it is among what is offered.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type Node, parseTree } from 'jsonc-parser';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Element } from '../../core/definitions/element';
import { readJson } from '../../core/document/json-document';
import { join, parentOf, type Pointer, valueAt } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import { checkDocument } from '../../core/validate/check-document';
import { locate } from '../../core/validate/locate';
import { bindingsAt, codingPart } from '../../server/bindings';
import { codesOf } from '../../server/describe';
import { knowledge } from '../knowledge';
import { publishedFiles, textOfPublished } from '../published';
import { type Client, filledIn, startClient } from './client';

/** What the definitions tell all about. */
const DEFINED = ['name', 'code', 'system', 'display', 'reference', 'fixed value', 'profile', 'extension url'] as const;
/** What the guides, the synthetic set or the message itself have. */
const KNOWN = [
  'open code',
  'open system',
  'open display',
  'fullUrl',
  'identifier system',
  'unit',
  'boolean',
  'title',
  'handling',
  'whole code',
  'whole reference',
] as const;
type Kind = (typeof DEFINED)[number] | (typeof KNOWN)[number];

interface Cut {
  kind: Kind;
  pointer: Pointer;
  offset: number;
  length: number;
  /** What is put in its place, with a mark where the cursor stands. */
  left: string;
  value: unknown;
}

/** What completion cannot know. */
const EXCEPTIONS: [kind: Kind, is: (cut: Cut) => boolean, reason: string][] = [
  [
    'name',
    ({ pointer }) => pointer === '/resourceType',
    'without it the file is no FHIR at all, and other people’s JSON is left alone',
  ],
  ['identifier system', ({ value }) => String(value).includes('.example/'), 'a system of the sender’s own'],
  ['whole code', ({ value }) => isObject(value) && 'text' in value, 'a text of the writer’s own beside the coding'],
];

describe('what was cut out of a message is offered', function () {
  // Some thousand requests.
  this.timeout(60_000);
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  const texts = [
    'examples/emergency-supply.json',
    ...publishedFiles('examples/emergency-supply').filter((file) => file.endsWith('.json')),
  ];
  for (const file of texts)
    it(file, async () => {
      const text = file.startsWith('examples/emergency-supply.')
        ? fs.readFileSync(file, 'utf8')
        : textOfPublished(file);
      const cuts = cutsOf(text);
      const missed = await missedOf(text, cuts, client);
      const told = (cut: Cut): string | undefined => EXCEPTIONS.find(([kind, is]) => kind === cut.kind && is(cut))?.[2];
      const share = (kinds: readonly Kind[]): number => {
        const of = (some: Cut[]): number => some.filter(({ kind }) => kinds.includes(kind)).length;
        const each = kinds.map((kind) => {
          const all = cuts.filter((cut) => cut.kind === kind).length;
          return `${kind} ${all - missed.filter((cut) => cut.kind === kind).length}/${all}`;
        });
        const found = 1 - of(missed) / of(cuts);
        console.log(`      ${(found * 100).toFixed(2)} % of ${of(cuts)}: ${each.join(', ')}`);
        return found;
      };
      const [defined, known] = [share(DEFINED), share(KNOWN)];
      for (const cut of missed)
        console.log(
          `      missed: ${cut.kind} ${cut.pointer} ${JSON.stringify(cut.value)} (${told(cut) ?? 'no reason'})`,
        );
      assert.deepEqual(
        missed.filter((cut) => told(cut) === undefined),
        [],
      );
      assert.ok(cuts.length > 700 && defined >= 0.99 && known >= 0.9);
      assert.deepEqual(client.log, []);
    });
});

/** Every place that completion should know all about. */
function cutsOf(text: string): Cut[] {
  const { message, applicable } = checkDocument(readJson(text), knowledge(), {});
  const root = JSON.parse(text) as unknown;
  const elementsAt = (pointer: Pointer): Element[] =>
    locate(pointer, message!, applicable!, knowledge())?.elements ?? [];
  const cuts: Cut[] = [];
  const visit = (node: Node, pointer: Pointer): void => {
    if (node.type === 'object')
      for (const property of node.children!) {
        const [key, value] = property.children as [Node, Node];
        const inside = join(pointer, key.value as string);
        cuts.push({ kind: 'name', pointer: inside, value: key.value, ...withComma(property) });
        visit(value, inside);
      }
    if (node.type === 'object') {
      const kind = wholeKindOf(pointer, elementsAt);
      if (kind)
        cuts.push({
          kind,
          pointer,
          value: valueAt(root, pointer),
          offset: node.offset,
          length: node.length,
          left: '|',
        });
    }
    if (node.type === 'array') node.children!.forEach((item, i) => visit(item, join(pointer, i)));
    else if (node.type !== 'object') {
      const kind = kindOf(pointer, node.value, root, elementsAt);
      if (kind)
        cuts.push({
          kind,
          pointer,
          value: node.value,
          offset: node.offset,
          length: node.length,
          left: node.type === 'string' ? '"|"' : '|',
        });
    }
  };
  visit(parseTree(text)!, '');
  return cuts;
}

/** A property with the comma that goes with it. */
function withComma({ offset, length, parent }: Node): Pick<Cut, 'offset' | 'length' | 'left'> {
  const at = parent!.children!.findIndex((one) => one.offset === offset);
  const next = parent!.children![at + 1];
  if (next) return { offset, length: next.offset - offset, left: '|' };
  const before = parent!.children![at - 1];
  if (!before) return { offset, length, left: '|' };
  const start = before.offset + before.length;
  return { offset: start, length: offset + length - start, left: ' |' };
}

function wholeKindOf(pointer: Pointer, elementsAt: (pointer: Pointer) => Element[]): Kind | undefined {
  const [type] = elementsAt(pointer).flatMap((e) => e.types.map(({ code }) => code));
  if (type === 'Coding' || type === 'CodeableConcept') return 'whole code';
  return type === 'Reference' ? 'whole reference' : undefined;
}

function kindOf(
  pointer: Pointer,
  value: unknown,
  root: unknown,
  elementsAt: (pointer: Pointer) => Element[],
): Kind | undefined {
  const owners = elementsAt(parentOf(pointer));
  const isIn = (type: string): boolean => owners.some((owner) => owner.types[0]?.code === type);
  if (/\/meta\/profile\/\d+$/.test(pointer)) return 'profile';
  if (pointer.endsWith('/url') && isIn('Extension')) return 'extension url';
  if (pointer.endsWith('/reference') && isIn('Reference')) return 'reference';
  if (elementsAt(pointer).some((e) => e.fixed !== undefined || e.pattern !== undefined)) return 'fixed value';
  const part = codingPart(pointer, elementsAt) ?? 'code';
  const beside = valueAt(root, parentOf(pointer));
  const coding = isObject(beside) && isIn('Coding') ? beside : { code: value };
  const isListed = codesOf(bindingsAt(pointer, elementsAt), knowledge()).some(
    ({ system, code, display }) =>
      code === coding.code &&
      (coding.system === undefined || coding.system === system) &&
      (part !== 'display' || display === value),
  );
  if (isListed) return part;
  const isOf = (type: string, name: string): boolean => isIn(type) && pointer.endsWith(`/${name}`);
  if (isIn('Coding')) return part === 'code' && !pointer.endsWith('/code') ? undefined : `open ${part}`;
  if (pointer.endsWith('/fullUrl')) return 'fullUrl';
  if (isOf('Identifier', 'system')) return 'identifier system';
  if (isOf('Quantity', 'unit') || isOf('Quantity', 'system') || isOf('Quantity', 'code')) return 'unit';
  if (/\/section\/\d+\/title$/.test(pointer)) return 'title';
  if (/\/extension\/\d+\/extension\/\d+\/value/.test(pointer)) return 'handling';
  return typeof value === 'boolean' ? 'boolean' : undefined;
}

async function missedOf(text: string, cuts: Cut[], client: Client): Promise<Cut[]> {
  const document = client.open(text);
  const whole = TextDocument.create(document.uri, 'json', 1, text);
  const missed: Cut[] = [];
  for (const cut of cuts) {
    const was = text.slice(cut.offset, cut.offset + cut.length);
    const left = cut.left.replace('|', '');
    await document.edit(cut.offset, cut.length, left);
    const { line, character } = whole.positionAt(cut.offset);
    const position = { line, character: character + cut.left.indexOf('|') };
    const list = await client.connection.sendRequest<CompletionList | null>('textDocument/completion', {
      textDocument: { uri: document.uri },
      position,
    });
    if (!(list?.items ?? []).some((item) => isWhatStood(item, cut))) missed.push(cut);
    await document.edit(cut.offset, left.length, was);
  }
  await document.close();
  return missed;
}

function isWhatStood(item: CompletionItem, { kind, value }: Cut): boolean {
  if (kind === 'name') return item.label === value;
  const text = filledIn((item.textEdit as TextEdit | undefined)?.newText ?? item.textEditText ?? '');
  // A person may add what the reference is called.
  if (kind === 'whole reference')
    return (
      isObject(value) && text.includes(JSON.stringify({ reference: value.reference }).slice(1, -1).replace(':', ': '))
    );
  return isJson(text) && isDeepStrictEqual(JSON.parse(text), value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

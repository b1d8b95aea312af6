// Repairs of the text itself, where it is no JSON or XML or says something twice: edits of text, for there is no value to change yet.
import { findNodeAtOffset, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Registry } from '../definitions/registry';
import { readJson } from '../document/json-document';
import { formatOf, readDocument } from '../document/read-document';
import { applyTextEdits, type TextEdit, type TextFix } from '../document/text-edits';
import { isObject } from '../json';
import type { PlacedFinding } from '../validate/check-document';
import { shortened } from '../validate/wording';
import { repairsOf } from './syntax';

/** The rules whose findings are mended in the text. */
const OF_TEXT: ReadonlySet<string> = new Set([
  'json-syntax',
  'duplicate-key',
  'not-fhir',
  'xml-syntax',
  'xml-namespace',
  'xml-order',
  'xml-attribute',
  'xml-text',
]);

export function isOfText({ rule }: PlacedFinding): boolean {
  return OF_TEXT.has(rule);
}

/** The repairs of what the text has wrong; none of any other finding. */
export function textFixesOf(finding: PlacedFinding, text: string, registry: Registry): TextFix[] {
  const [fixes = []] = textFixesOfAll([finding], text, registry);
  return fixes;
}

/** The same of many findings of a text, which is read once. */
export function textFixesOfAll(findings: readonly PlacedFinding[], text: string, registry: Registry): TextFix[][] {
  if (formatOf(text) === 'json') return findings.map((finding) => ofJson(finding, text));
  const { problems } = readDocument(text, registry);
  const mistakes = problems.filter(({ rule }) => rule === 'xml-syntax').length;
  return findings.map(({ rule, message, span }) => {
    const problem = problems.find((p) => p.rule === rule && p.span.offset === span.offset && p.message === message);
    // What a text means that is no XML is a guess: nothing in it is moved.
    const fixes = rule !== 'xml-syntax' && mistakes > 0 ? [] : (problem?.mends?.() ?? []);
    if (rule !== 'xml-syntax' || findings.length > 1) return fixes;
    const left = (edits: readonly TextEdit[]): number =>
      readDocument(applyTextEdits(text, edits), registry).problems.filter((p) => p.rule === 'xml-syntax').length;
    return fixes.filter(({ edits }) => left(edits) < mistakes);
  });
}

function ofJson({ rule, span }: PlacedFinding, text: string): TextFix[] {
  switch (rule) {
    case 'json-syntax':
      return repairsOf(text, span).filter(({ edits }) => helps(text, edits));
    case 'duplicate-key':
      return ofRepeated(text, span.offset);
    case 'not-fhir':
      return ofWrapped(text);
    default:
      return [];
  }
}

/** What leaves as many mistakes as before was a wrong guess. */
function helps(text: string, edits: readonly TextEdit[]): boolean {
  return mistakesIn(applyTextEdits(text, edits)) < mistakesIn(text);
}

function mistakesIn(text: string): number {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  return errors.length;
}

/** Of a name that stands twice: the same value is said once, lists become one, of others either may be kept. */
function ofRepeated(text: string, offset: number): TextFix[] {
  const tree = parseTree(text);
  const key = tree && findNodeAtOffset(tree, offset);
  const second = key?.parent;
  const name: unknown = key?.value;
  const first = second?.parent?.children?.find((p) => p !== second && p.children?.[0]?.value === name);
  if (!first || second?.type !== 'property' || typeof name !== 'string') return [];
  const [one, other] = [first, second].map((property) => property.children?.[1]);
  if (!one || !other) return [];
  const word = shortened(name);
  const without = (property: Node): TextEdit[] => [withoutProperty(property, text)];
  if (JSON.stringify(getNodeValue(one)) === JSON.stringify(getNodeValue(other)))
    return [{ title: `Remove the second ${word}`, edits: without(second) }];
  const fixes: TextFix[] = [
    { title: `Keep the first ${word}`, sure: false, edits: without(second) },
    { title: `Keep the second ${word}`, sure: false, edits: without(first) },
  ];
  if (one.type !== 'array' || other.type !== 'array' || !one.children?.length || !other.children?.length) return fixes;
  const last = one.children.at(-1)!;
  const items = text.slice(other.offset + 1, other.offset + other.length - 1).trim();
  const put = { offset: last.offset + last.length, length: 0, text: `, ${items}` };
  const edits = [put, ...without(second)].sort((a, b) => a.offset - b.offset);
  return [{ title: `Make one list of the two`, sure: false, edits }, ...fixes];
}

function withoutProperty(property: Node, text: string): TextEdit {
  const siblings = property.parent!.children!;
  const next = siblings[siblings.indexOf(property) + 1];
  if (next) return { offset: property.offset, length: next.offset - property.offset, text: '' };
  const start = text.lastIndexOf(',', property.offset);
  return { offset: start, length: property.offset + property.length - start, text: '' };
}

/** A message in a list, in another object or written as a text is taken out. */
function ofWrapped(text: string): TextFix[] {
  const tree = parseTree(text);
  if (!tree) return [];
  if (tree.type === 'string') {
    const inner = String(tree.value);
    const isResource = isObject(readJson(inner).value) && /"resourceType"/.test(inner);
    if (!isResource) return [];
    return [{ title: 'Take the message out of its quotes', edits: [{ ...spanOf(tree), text: inner }] }];
  }
  const inside = (tree.children ?? []).map((child) => (child.type === 'property' ? child.children?.[1] : child));
  const resources = inside.filter((node) => node?.type === 'object' && hasType(node));
  const [only] = resources;
  if (!only || resources.length > 1) return [];
  const what = tree.type === 'array' ? 'the list' : 'what is around it';
  const end = only.offset + only.length;
  return [
    {
      title: `Take the message out of ${what}`,
      sure: inside.length === 1,
      edits: [
        { offset: tree.offset, length: only.offset - tree.offset, text: '' },
        { offset: end, length: tree.offset + tree.length - end, text: '' },
      ],
    },
  ];
}

function hasType(node: Node): boolean {
  return node.children?.some((property) => property.children?.[0]?.value === 'resourceType') === true;
}

function spanOf({ offset, length }: Node): { offset: number; length: number } {
  return { offset, length };
}

// FHIR XML as a source document (http://hl7.org/fhir/STU3/xml.html): the values that FHIR JSON has, and where they stand.
import type { Registry } from '../definitions/registry';
import { checkEncoding } from './xml-encoding';
import type { Pointer } from './pointer';
import type { SourceDocument, SyntaxProblem } from './source-document';
import { countAsides } from './xml-asides';
import { bytesIn } from './utf-8';
import { xmlPositions } from './xml-positions';
import { wellFormedness } from './xml-problems';
import { xmlRules } from './xml-rules';
import { readXmlTree, type XmlTree } from './xml-tree';
import { xmlValueOf } from './xml-values';

const MOST_PROBLEMS = 100;

/** Reads XML text; broken text gives problems and as much of the value as can be read. Never throws. */
export function readXml(text: string, registry: Registry): SourceDocument {
  const tree = readXmlTree(text);
  const { root, excess } = tree;
  const bytes = bytesIn(text);
  if (excess || !root) {
    const problem = unreadable(tree);
    return {
      format: 'xml',
      text,
      bytes,
      value: undefined,
      problems: [problem],
      exact: () => new Map(),
      asides: () => 0,
      spanOf: () => problem.span,
      pointerAt: () => ({ pointer: '', part: 'gap' }),
    };
  }
  const { told, rules } = xmlRules(text, root, MOST_PROBLEMS);
  const { value, hasOddNumber } = xmlValueOf(text, root, registry, rules);
  const positions = xmlPositions(text, root, value);
  // What is wrong with the tag of a resource is wrong with the resource, not with its type.
  const pointerAt = (offset: number): Pointer => positions.pointerAt(offset).pointer.replace(/\/resourceType$/, '');
  const placed = (problem: Omit<SyntaxProblem, 'pointer'>): SyntaxProblem => ({
    ...problem,
    pointer: pointerAt(problem.span.offset),
  });
  const broken = brokenBy(tree, text, pointerAt);
  // Behind a text that is not closed nothing stands where it was meant to.
  const end = Math.min(...broken.map(({ isOpenText, span }) => (isOpenText ? span.offset : Infinity)));
  const whole = told.filter(({ span }) => span.offset < end);
  const problems = [
    ...broken,
    ...[...checkEncoding(text), ...whole].map((problem) => placed({ ...problem, isWhole: true })),
  ].slice(0, MOST_PROBLEMS);
  return {
    format: 'xml',
    text,
    bytes,
    value,
    problems,
    ...positions,
    exact: () => (hasOddNumber ? positions.exact() : new Map()),
    asides: () => (tree.hasAsides ? countAsides(text, tree.nodes) : 0),
  };
}

/** The value alone; undefined of what is beyond reading. */
export function readXmlValue(text: string, registry: Registry): unknown {
  const { root, excess } = readXmlTree(text);
  return excess || !root ? undefined : xmlValueOf(text, root, registry).value;
}

/** What is wrong with the text as XML: what was seen while it was read, else what a strict parser has against it. */
function brokenBy(
  { isPlain, slips }: XmlTree,
  text: string,
  pointerAt: (offset: number) => Pointer,
): readonly SyntaxProblem[] {
  if (slips.length === 0) return isPlain ? [] : wellFormedness(text, pointerAt);
  return slips.map((slip) => ({ rule: 'xml-syntax', ...slip, pointer: pointerAt(slip.span.offset) }));
}

function unreadable({ excess, slips }: XmlTree): SyntaxProblem {
  if (excess) return { rule: 'too-much', ...excess, pointer: '' };
  const [slip] = slips;
  if (slip) return { rule: 'xml-syntax', ...slip, pointer: '' };
  const message = 'There is no XML element here: a message starts with <Bundle xmlns="http://hl7.org/fhir">.';
  return { rule: 'xml-syntax', message, span: { offset: 0, length: 0 }, pointer: '' };
}

// FHIR XML as a source document (http://hl7.org/fhir/STU3/xml.html): the values that FHIR JSON has, and where they stand.
import type { Registry } from '../definitions/registry';
import type { Json } from '../json';
import { type ElementKind, type Kinds, kindsOfResource } from './element-kinds';
import { putPrimitive, putValue, readPrimitive } from './fhir-json-value';
import type { Pointer } from './pointer';
import type { SourceDocument, SyntaxProblem } from './source-document';
import { xmlPositions } from './xml-positions';
import { wellFormedness } from './xml-problems';
import { divOf, XHTML } from './xml-narrative';
import { readXmlTree, type XmlElement } from './xml-tree';

export const FHIR = 'http://hl7.org/fhir';

const MOST_PROBLEMS = 100;

/** Reads XML text; broken text gives problems and as much of the value as can be read. Never throws. */
export function readXml(text: string, registry: Registry): SourceDocument {
  const tree = readXmlTree(text);
  const { root, excess } = tree;
  const bytes = bytesIn(text);
  const nothing = { format: 'xml' as const, text, bytes };
  if (excess || !root) {
    const message = 'There is no XML element here: a message starts with <Bundle xmlns="http://hl7.org/fhir">.';
    const [broken] = tree.isPlain || excess ? [] : wellFormedness(text, () => '');
    const problem: SyntaxProblem = excess
      ? { rule: 'too-much', ...excess, pointer: '' }
      : (broken ?? { rule: 'xml-syntax', message, span: { offset: 0, length: 0 }, pointer: '' });
    return {
      ...nothing,
      value: undefined,
      problems: [problem],
      exact: () => new Map(),
      spanOf: () => problem.span,
      pointerAt: () => ({ pointer: '', part: 'gap' }),
    };
  }
  const { value, told } = valueOf(text, root, registry);
  const positions = xmlPositions(text, root, value);
  const pointerAt = (offset: number): Pointer => positions.pointerAt(offset).pointer.replace(/\/resourceType$/, '');
  const problems = [
    ...(tree.isPlain ? [] : wellFormedness(text, pointerAt)),
    ...told.map(({ rule, message, span }) => ({ rule, message, span, pointer: pointerAt(span.offset), isWhole: true })),
  ].slice(0, MOST_PROBLEMS);
  return {
    ...nothing,
    value,
    problems,
    exact: positions.exact,
    spanOf: positions.spanOf,
    pointerAt: positions.pointerAt,
  };
}

/** The value alone; undefined of what is beyond reading. */
export function readXmlValue(text: string, registry: Registry): unknown {
  const { root, excess } = readXmlTree(text);
  return excess || !root ? undefined : valueOf(text, root, registry).value;
}

function bytesIn(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) wide += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return text.length + wide;
}

type Told = Pick<SyntaxProblem, 'rule' | 'message' | 'span'>;

function valueOf(text: string, root: XmlElement, registry: Registry): { value: Json; told: Told[] } {
  const told: Told[] = [];
  let foreign = false;

  const tell = (rule: string, message: string, start: number, end: number): void => {
    if (told.length < MOST_PROBLEMS) told.push({ rule, message, span: { offset: start, length: end - start } });
  };
  const tellTag = (rule: string, message: string, { start, nameEnd }: XmlElement): void =>
    tell(rule, message, start + 1, nameEnd);

  /** Where the namespace is forgotten it is so for all elements, so it is said once. */
  const checkNamespace = (element: XmlElement): void => {
    const { name, uri } = element;
    if (uri === FHIR || foreign) return;
    foreign = true;
    const not = uri === '' ? '' : `, not ${uri}`;
    tellTag(
      'xml-namespace',
      `${name} must be of the namespace ${FHIR}${not}: write <${root.name} xmlns="${FHIR}">.`,
      element,
    );
  };
  const checkAttributes = ({ name, attributes }: XmlElement, allowed: readonly string[]): void => {
    for (const one of attributes) {
      const { prefix } = one;
      if (prefix === 'xmlns' || (prefix === '' && (one.name === 'xmlns' || allowed.includes(one.name)))) continue;
      if (prefix !== '' && isOfSchema(one.name)) continue;
      tell('xml-attribute', `${name} may not have the attribute "${one.name}" in FHIR.`, one.start, one.nameEnd);
    }
  };
  const checkText = (element: XmlElement): void => {
    for (const node of element.children) {
      if (node.kind !== 'text' || !/\S/.test(node.text)) continue;
      tell(
        'xml-text',
        `Text stands between the elements of ${element.name}: FHIR writes a value as value="…".`,
        node.start,
        node.end,
      );
    }
  };

  const resource = (element: XmlElement): Json => {
    checkNamespace(element);
    checkAttributes(element, []);
    const value: Json = { resourceType: element.name };
    fill(value, element, kindsOfResource(element.name, registry));
    return value;
  };

  const fill = (value: Json, element: XmlElement, kinds: Kinds | undefined): void => {
    let [furthest, behind] = [-1, ''];
    checkText(element);
    for (const child of element.children) {
      if (child.kind !== 'element') continue;
      const kind = kinds?.get(child.name);
      if (kind && kind.order < furthest)
        tellTag('xml-order', `${child.name} stands behind ${behind}: STU3 has it before.`, child);
      else if (kind && kind.order > furthest) [furthest, behind] = [kind.order, child.name];
      put(value, child, element, kind);
    }
  };

  const put = (owner: Json, element: XmlElement, parent: XmlElement, kind: ElementKind | undefined): void => {
    const { name } = element;
    const many = kind?.isList === true;
    if (kind?.form === 'xhtml') {
      if (element.uri !== XHTML)
        tellTag('xml-namespace', `The div of ${parent.name} must be of the namespace ${XHTML}.`, element);
      putValue(owner, name, divOf(text, element), false);
      return;
    }
    checkNamespace(element);
    if (kind?.form === 'resource') {
      checkAttributes(element, []);
      checkText(element);
      const inside = element.children.filter((node): node is XmlElement => node.kind === 'element').map(resource);
      for (const one of inside.length > 0 ? inside : [{}]) putValue(owner, name, one, many);
      return;
    }
    const raw = attributeNamed(element, 'value');
    const id = attributeNamed(element, 'id');
    const isPrimitive = kind ? kind.form === 'primitive' || kind.form === 'attribute' : raw !== undefined;
    const hasUrl = !isPrimitive && (!kind || kind.type === 'Extension');
    checkAttributes(element, ['id', ...(isPrimitive || !kind ? ['value'] : []), ...(hasUrl ? ['url'] : [])]);
    if (kind?.form === 'attribute')
      tellTag(
        'xml-attribute',
        `${name} is an attribute of ${parent.name} in FHIR XML: write <${parent.name} ${name}="${raw ?? '…'}">.`,
        element,
      );
    const inside: Json = {};
    if (id !== undefined) inside.id = id;
    if (isPrimitive) {
      fill(inside, element, kind?.inside());
      putPrimitive(owner, name, raw === undefined ? undefined : readPrimitive(raw, kind?.type), inside, many);
      return;
    }
    const url = hasUrl ? attributeNamed(element, 'url') : undefined;
    if (url !== undefined) inside.url = url;
    fill(inside, element, kind?.inside());
    putValue(owner, name, inside, many);
  };

  return { value: resource(root), told };
}

/** Of the schema instance namespace, by whatever prefix: where the schema of a text lies. */
function isOfSchema(name: string): boolean {
  return name === 'schemaLocation' || name === 'noNamespaceSchemaLocation';
}

function attributeNamed({ attributes }: XmlElement, name: string): string | undefined {
  return attributes.find((one) => one.name === name && one.prefix === '')?.value;
}

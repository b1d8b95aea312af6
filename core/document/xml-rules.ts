// What STU3 asks of its XML beyond XML itself (http://hl7.org/fhir/STU3/xml.html): namespaces, attributes, text, order.
import { nearest } from '../nearest';
import type { ElementKind } from './element-kinds';
import { escaped, XHTML } from './xml-narrative';
import { checkOrder } from './xml-order';
import { between, mend, perhaps, type Slip } from './xml-slips';
import type { XmlAttribute, XmlElement, XmlText } from './xml-tree';
import { attributeNamed, mayHaveUrl, type XmlRules } from './xml-values';

export const FHIR = 'http://hl7.org/fhir';
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Shared, for they are asked for at every element. */
const [ID, ID_VALUE, ID_URL, ID_VALUE_URL] = [['id'], ['id', 'value'], ['id', 'url'], ['id', 'value', 'url']] as const;
const NO_ATTRIBUTES: readonly string[] = [];

export interface Told extends Slip {
  rule: string;
}

/** Collects in `told`, while the values are read, what the text breaks. @param most of each text */
export function xmlRules(text: string, root: XmlElement, most: number): { told: Told[]; rules: XmlRules } {
  const told: Told[] = [];
  const tell = (rule: string, slip: Slip): void => {
    if (told.length < most) told.push({ rule, ...slip });
  };
  /** Where the namespace is forgotten it is so for all elements, so it is said once. */
  let isForeign = false;
  const checkNamespace = (element: XmlElement): void => {
    if (element.uri === FHIR || isForeign) return;
    // A prefix that nobody declared is told as XML's own.
    isForeign = true;
    if (element.uri === '' && element.prefix !== '') return;
    const not = element.uri === '' ? '' : `, not ${element.uri}`;
    tell('xml-namespace', {
      message: `${element.name} must be of the namespace ${FHIR}${not}: write <${root.name} xmlns="${FHIR}">.`,
      span: nameOf(element),
      mends: () => inNamespace(element, FHIR),
    });
  };
  const checkAttributes = (element: XmlElement, allowed: readonly string[], kind?: ElementKind): void => {
    for (const one of element.attributes) {
      const { name, prefix, uri } = one;
      if (prefix === 'xmlns' || (prefix === '' && (name === 'xmlns' || allowed.includes(name)))) continue;
      if (uri === SCHEMA_INSTANCE && /^(schemaLocation|noNamespaceSchemaLocation)$/.test(name)) continue;
      tell('xml-attribute', unknownAttribute(text, element, one, allowed, kind));
    }
  };

  return {
    told,
    rules: {
      resource(element) {
        checkNamespace(element);
        checkAttributes(element, NO_ATTRIBUTES);
      },
      element(element, parent, kind) {
        if (element.holds === 'xhtml') {
          if (element.uri !== XHTML)
            tell('xml-namespace', {
              message: `The div of ${parent.name} must be of the namespace ${XHTML}: write <div xmlns="${XHTML}">.`,
              span: nameOf(element),
              mends: () => (element.prefix === '' ? inNamespace(element, XHTML) : []),
            });
          return;
        }
        checkNamespace(element);
        if (element.holds === 'resource') {
          checkAttributes(element, NO_ATTRIBUTES);
          return;
        }
        if (element.holds === 'primitive') checkAttributes(element, ID_VALUE, kind);
        else checkAttributes(element, !kind ? ID_VALUE_URL : mayHaveUrl(kind) ? ID_URL : ID, kind);
        if (kind?.form === 'attribute') tell('xml-attribute', attributeMeant(text, element, parent));
      },
      content(element, kinds) {
        for (const node of element.children)
          if (node.kind === 'text' && !node.isBlank) tell('xml-text', strayText(text, element, node));
        if (kinds) for (const slip of checkOrder(text, element, kinds)) tell('xml-order', slip);
      },
    },
  };
}

function nameOf({ start, nameEnd }: XmlElement) {
  return between(start + 1, nameEnd);
}

/** With the namespace declared on it, or on what it stands in where that is meant. */
function inNamespace(element: XmlElement, uri: string) {
  const own = element.attributes.find(({ name, prefix }) => name === 'xmlns' && prefix === '');
  if (element.prefix !== '') {
    const declared = element.attributes.find(({ name, prefix }) => prefix === 'xmlns' && name === element.prefix);
    return declared ? [mend(`Write ${uri}`, [declared.valueStart, declared.end, `"${uri}"`])] : [];
  }
  if (!own) return [mend(`Add xmlns="${uri}"`, [element.nameEnd, element.nameEnd, ` xmlns="${uri}"`])];
  if (element.parent?.uri === uri) return [mend('Remove this namespace', [own.start - 1, own.end, ''])];
  return [mend(`Write ${uri}`, [own.valueStart, own.end, `"${uri}"`])];
}

function unknownAttribute(
  text: string,
  element: XmlElement,
  one: XmlAttribute,
  allowed: readonly string[],
  kind: ElementKind | undefined,
): Slip {
  const { name, prefix, value } = one;
  const { name: owner } = element;
  const written = text.slice(one.start, one.nameEnd);
  const span = between(one.start, one.nameEnd);
  const remove = perhaps(mend(`Remove ${written}`, [one.start - 1, one.end, '']));
  const near = prefix === '' ? nearest(name, allowed) : undefined;
  if (near !== undefined && attributeNamed(element, near) === undefined)
    return {
      message: `${owner} may not have the attribute "${written}" in FHIR: did you mean "${near}"?`,
      span,
      mends: () => [mend(`Change to ${near}`, [one.start, one.nameEnd, near]), remove],
    };
  const child = prefix === '' ? kind?.inside().get(name) : undefined;
  if (child?.form === 'primitive' && element.holds === 'complex')
    return {
      message: `${name} is an element of ${owner} in FHIR XML: write <${name} value="${shown(value)}"/> inside it.`,
      span,
      mends: () => [asChild(text, element, one, kind!), remove],
    };
  if (prefix === '' && name === 'value' && element.holds !== 'primitive')
    return {
      message: `${owner} has no value of its own, but elements: it may not have the attribute "value".`,
      span,
      mends: () => [remove],
    };
  return { message: `${owner} may not have the attribute "${written}" in FHIR.`, span, mends: () => [remove] };
}

/** Long values are not repeated, and none that may be of a patient. */
function shown(value: string): string {
  return /^[\w:/.-]{0,20}$/.test(value) && !/\d{3}/.test(value) ? value : '…';
}

/** At its place in the order of the elements. */
function asChild(text: string, element: XmlElement, one: XmlAttribute, kind: ElementKind) {
  const put = `<${element.prefix === '' ? '' : `${element.prefix}:`}${one.name} value=${text.slice(one.valueStart, one.end)}/>`;
  const tag = text.slice(element.start + 1, element.nameEnd);
  const { openEnd, isEmptyTag } = element;
  const order = (name: string): number => kind.inside().get(name)?.order ?? -1;
  const before = element.children.findLast((node) => node.kind === 'element' && order(node.name) < order(one.name));
  const at = before?.end ?? openEnd;
  const without: [number, number, string] = [one.start - 1, one.end, ''];
  const inside: [number, number, string] = isEmptyTag ? [openEnd - 2, openEnd, `>${put}</${tag}>`] : [at, at, put];
  return mend(`Make ${one.name} an element`, without, inside);
}

/** `<url value="…"/>` in an extension, as the guides show it, or the id of an element: both are attributes. */
function attributeMeant(text: string, element: XmlElement, parent: XmlElement): Slip {
  const { name } = element;
  const value = attributeNamed(element, 'value');
  return {
    message: `${name} is an attribute of ${parent.name} in FHIR XML: write <${parent.name} ${name}="${shown(value ?? '…')}">.`,
    span: nameOf(element),
    mends: () => {
      const there = attributeNamed(parent, name);
      const remove: [number, number, string] = [...withBlank(text, element), ''];
      if (there !== undefined) {
        const fix = mend(`Remove the element ${name}`, remove);
        return [there === value ? fix : perhaps(fix)];
      }
      const literal = element.attributes.find((one) => one.name === 'value' && one.prefix === '');
      if (!literal) return [perhaps(mend(`Remove the element ${name}`, remove))];
      const put = ` ${name}=${text.slice(literal.valueStart, literal.end)}`;
      return [mend(`Make ${name} an attribute`, [parent.nameEnd, parent.nameEnd, put], remove)];
    },
  };
}

/** With the blank before it, so that no empty line is left. */
function withBlank(text: string, { start, end }: XmlElement): [number, number] {
  let from = start;
  while (/[ \t]/.test(text[from - 1] ?? '')) from--;
  const isLine = text[from - 1] === '\n' && /^[ \t]*(\r?\n|$)/.test(text.slice(end, end + 200));
  if (!isLine) return [start, end];
  return [from - (text[from - 2] === '\r' ? 2 : 1), end];
}

function strayText(text: string, element: XmlElement, node: XmlText): Slip {
  const raw = text.slice(node.start, node.end);
  const start = node.start + raw.search(/[^ \t\r\n]/);
  const end = node.start + raw.replace(/[ \t\r\n]+$/, '').length;
  return {
    message:
      element.holds === 'primitive'
        ? `Text stands between the tags of ${element.name}: FHIR writes it as <${element.name} value="…"/>.`
        : `Text stands between the elements of ${element.name}: FHIR writes a value as value="…".`,
    span: between(start, end),
    mends: () => {
      const isAlone = element.holds === 'primitive' && attributeNamed(element, 'value') === undefined;
      const remove = perhaps(mend('Remove the text', [start, end, '']));
      if (!isAlone || element.children.length > 1) return [remove];
      const value = escaped(node.text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')).replaceAll('"', '&quot;');
      return [
        mend('Make it the value', [element.openEnd - 1, element.end, ` value="${value.replace(/\n/g, '&#10;')}"/>`]),
        remove,
      ];
    },
  };
}

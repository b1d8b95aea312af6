// The element around a cursor in FHIR XML: where its value stands in the message, and what may stand inside it.
import type { Registry } from '../../core/definitions/registry';
import { type ElementKind, type Kinds, kindsOfResource } from '../../core/document/element-kinds';
import { join, type Pointer } from '../../core/document/pointer';
import type { XmlElement, XmlTree } from '../../core/document/xml-tree';

export interface Around {
  element: XmlElement;
  /** Of its value; of a primitive its plain name. */
  pointer: Pointer;
  /** A wrapper has a resource inside it, as `entry.resource` has. */
  form: 'resource' | 'wrapper' | 'complex' | 'primitive' | 'narrative' | 'unknown';
  type: string | undefined;
  kinds: Kinds | undefined;
}

const FORMS: Readonly<Record<ElementKind['form'], Around['form']>> = {
  resource: 'wrapper',
  complex: 'complex',
  primitive: 'primitive',
  xhtml: 'narrative',
  attribute: 'unknown',
};

export function aroundOf(element: XmlElement, registry: Registry): Around {
  const { name, parent } = element;
  const owner = parent && aroundOf(parent, registry);
  if (!owner || owner.form === 'wrapper') {
    const kinds = kindsOfResource(name, registry);
    return { element, pointer: owner?.pointer ?? '', form: 'resource', type: name, kinds };
  }
  const kind = owner.kinds?.get(name);
  const same = elementsIn(owner.element).filter((one) => one.name === name);
  const isList = kind ? kind.isList : same.length > 1;
  const own = owner.form === 'primitive' ? besidesValue(owner.pointer) : owner.pointer;
  const pointer = isList ? join(own, name, same.indexOf(element)) : join(own, name);
  const form = owner.form === 'narrative' ? 'narrative' : kind ? FORMS[kind.form] : 'unknown';
  return { element, pointer, form, type: kind?.type, kinds: kind?.inside() };
}

/** Where the id and extensions of a primitive stand. */
export function besidesValue(pointer: Pointer): Pointer {
  return pointer.replace(/\/([^/]+)(\/\d+)?$/, '/_$1$2');
}

export function elementsIn({ children }: Pick<XmlElement, 'children'>): XmlElement[] {
  return children.filter((node): node is XmlElement => node.kind === 'element');
}

/** The innermost element between whose tags a place lies. One that is not closed goes on through the blanks behind it. */
export function innermostAt(text: string, { nodes }: XmlTree, offset: number): XmlElement | undefined {
  const isInside = ({ isEmptyTag, openEnd, closeStart, end }: XmlElement): boolean =>
    !isEmptyTag &&
    openEnd <= offset &&
    (offset <= closeStart || (closeStart === end && !/\S/.test(text.slice(end, offset))));
  let found: XmlElement | undefined;
  let inside = elementsIn({ children: nodes });
  for (;;) {
    const next = inside.findLast(isInside);
    if (!next) return found;
    found = next;
    inside = elementsIn(next);
  }
}

/** The element whose tag begins at a place. */
export function beginningAt({ nodes }: XmlTree, start: number): XmlElement | undefined {
  let inside = elementsIn({ children: nodes });
  for (;;) {
    const next = inside.findLast((one) => one.start <= start);
    if (!next || next.start === start) return next;
    inside = elementsIn(next);
  }
}

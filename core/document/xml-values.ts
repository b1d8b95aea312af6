// The elements of FHIR XML as the values that FHIR JSON has.
import type { Registry } from '../definitions/registry';
import type { Json } from '../json';
import { type ElementKind, type Kinds, kindsOfResource } from './element-kinds';
import { putPrimitive, putValue, readPrimitive } from './fhir-json-value';
import { divOf } from './xml-narrative';
import type { XmlElement } from './xml-tree';

/** Told of each element as its value is read. */
export interface XmlRules {
  resource(element: XmlElement): void;
  element(element: XmlElement, parent: XmlElement, kind: ElementKind | undefined): void;
  /** Of what stands in an element. */
  content(element: XmlElement, kinds: Kinds | undefined): void;
}

export interface XmlValue {
  value: Json;
  /** Whether a number would be written otherwise than it stands in the text (`1.50`). */
  hasOddNumber: boolean;
}

/** Notes in each element what it holds. */
export function xmlValueOf(text: string, root: XmlElement, registry: Registry, rules?: XmlRules): XmlValue {
  let hasOddNumber = false;
  const resource = (element: XmlElement): Json => {
    rules?.resource(element);
    const value: Json = { resourceType: element.name };
    fill(value, element, kindsOfResource(element.name, registry));
    return value;
  };

  const fill = (value: Json, element: XmlElement, kinds: Kinds | undefined): void => {
    rules?.content(element, kinds);
    for (const child of element.children)
      if (child.kind === 'element') put(value, child, element, kinds?.get(child.name));
  };

  const put = (owner: Json, element: XmlElement, parent: XmlElement, kind: ElementKind | undefined): void => {
    const { name } = element;
    const many = kind?.isList === true;
    const raw = attributeNamed(element, 'value');
    const isPrimitive = kind ? kind.form === 'primitive' || kind.form === 'attribute' : raw !== undefined;
    element.holds = isPrimitive
      ? 'primitive'
      : kind?.form === 'resource' || kind?.form === 'xhtml'
        ? kind.form
        : 'complex';
    rules?.element(element, parent, kind);
    if (element.holds === 'xhtml') {
      putValue(owner, name, divOf(text, element), false);
      return;
    }
    if (element.holds === 'resource') {
      rules?.content(element, undefined);
      let isEmpty = true;
      for (const inner of element.children) {
        if (inner.kind !== 'element') continue;
        putValue(owner, name, resource(inner), many);
        isEmpty = false;
      }
      if (isEmpty) putValue(owner, name, {}, many);
      return;
    }
    // Said of what should have been an attribute, and is one as well, is told by the rule alone.
    if (kind?.form === 'attribute' && attributeNamed(parent, name) !== undefined) return;
    const id = attributeNamed(element, 'id');
    if (isPrimitive) {
      const value = raw === undefined ? undefined : readPrimitive(raw, kind?.type);
      if (typeof value === 'number' && String(value) !== raw) hasOddNumber = true;
      const beside: Json | undefined = id === undefined ? undefined : { id };
      const under = kind ? kind.beside : `_${name}`;
      // Most have a value and nothing else.
      if (element.children.length === 0) putPrimitive(owner, name, value, beside, many, under);
      else {
        const inside = beside ?? {};
        fill(inside, element, kind?.inside());
        putPrimitive(owner, name, value, inside, many, under);
      }
      return;
    }
    const inside: Json = {};
    if (id !== undefined) inside.id = id;
    const url = mayHaveUrl(kind) ? attributeNamed(element, 'url') : undefined;
    if (url !== undefined) inside.url = url;
    fill(inside, element, kind?.inside());
    putValue(owner, name, inside, many);
  };

  const value = resource(root);
  return { value, hasOddNumber };
}

/** An extension, or what nobody knows: there it is kept. */
export function mayHaveUrl(kind: ElementKind | undefined): boolean {
  return !kind || kind.type === 'Extension';
}

export function attributeNamed({ attributes }: XmlElement, name: string): string | undefined {
  for (const one of attributes) if (one.name === name && one.prefix === '') return one.value;
  return undefined;
}

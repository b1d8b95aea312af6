// Values as FHIR XML (http://hl7.org/fhir/STU3/xml.html), in STU3's order of elements: the same value always in the same bytes.
import type { Registry } from '../definitions/registry';
import { isObject, type Json } from '../json';
import { type ElementKind, type Kinds, kindsOfResource } from './element-kinds';
import { readPrimitive } from './fhir-json-value';
import { join, type Pointer, segmentsOf } from './pointer';
import { narrativeAsXml } from './write-narrative';
import { attributeText, isXmlName, NO_CHARACTER } from './xml-characters';
import { besideOf, inOrder, isAttribute, isSingle } from './xml-members';

/** What the other form cannot say, or only so that it is read back as something else. */
export interface Left {
  pointer: Pointer;
  /** One sentence. */
  message: string;
}

export interface WriteOptions {
  /** Numbers as they are to be written, by their place. */
  exact?: ReadonlyMap<Pointer, string>;
  /** Two spaces a step and `\n`, where it does not say otherwise. */
  layout?: { unit?: string; eol?: string; isFlat?: boolean };
}

export interface ElementLayout {
  /** Of the line in which the element begins: its further lines have it too. */
  indent: string;
  unit: string;
  /** Empty: all on a single line. */
  eol: string;
  exact?: ReadonlyMap<Pointer, string>;
  /** Where the value stands, for `exact`. */
  pointer?: Pointer;
  /** The id and extensions of a primitive, which JSON has under `_name`. */
  beside?: unknown;
}

/** The reader goes no deeper. */
const DEEPEST = 198;

const NONE: ReadonlyMap<Pointer, string> = new Map();

/**
 * A resource as a whole text. What `left` does not speak of is read back as the same value, but for blanks around a
 * narrative, its line ends, and nulls that only fill up lists of values and of what stands beside them.
 * @returns an empty text where the value is no resource
 */
export function writeXml(
  value: unknown,
  registry: Registry,
  { exact, layout: { unit = '  ', eol = '\n', isFlat = false } = {} }: WriteOptions = {},
): { text: string; left: Left[] } {
  const type = typeOf(value);
  if (type === undefined) {
    const message = 'This is no FHIR resource: in XML its resourceType names the outermost element.';
    return { text: '', left: [{ pointer: '', message }] };
  }
  const layout = isFlat ? { indent: '', unit: '', eol: '' } : { indent: '', unit, eol };
  const work = writing(registry, { ...layout, ...(exact && { exact }) });
  work.resource(type, value as Json, ' xmlns="http://hl7.org/fhir"', 0);
  return { text: `<?xml version="1.0" encoding="UTF-8"?>${work.text()}${layout.eol}`, left: work.left };
}

/**
 * One element of a parent, without the blanks before it: of a list one item. What is an attribute there (the `id` of an
 * element, the `url` of an extension) is written as one: `id="a"`.
 * @param kind as the parent's kinds have it; undefined of what STU3 does not know
 */
export function xmlElementOf(
  name: string,
  value: unknown,
  kind: ElementKind | undefined,
  registry: Registry,
  layout: ElementLayout,
): string {
  if (kind?.form === 'attribute' && isSingle(value)) return `${name}="${attributeText(String(value))}"`;
  const work = writing(registry, layout);
  work.item(name, value, layout.beside, kind, 0);
  return work.text().slice(layout.eol === '' ? 0 : layout.eol.length + layout.indent.length);
}

interface Writing {
  left: Left[];
  text(): string;
  resource(type: string, value: Json, attributes: string, depth: number): void;
  item(name: string, value: unknown, beside: unknown, kind: ElementKind | undefined, depth: number): void;
}

function writing(registry: Registry, { indent, unit, eol, exact = NONE, pointer = '' }: ElementLayout): Writing {
  const left: Left[] = [];
  const path: (string | number)[] = segmentsOf(pointer).map((one) => (/^\d+$/.test(one) ? Number(one) : one));
  /** Line ends with the indentation of each depth. */
  const breaks: string[] = [];
  let out = '';

  const tell = (message: string): void => void left.push({ pointer: join('', ...path), message });
  const breakTo = (depth: number): string =>
    (breaks[depth] ??= eol === '' ? '' : `${eol}${indent}${unit.repeat(depth)}`);
  const quoted = (text: string): string => {
    const written = attributeText(text);
    if (written !== text && NO_CHARACTER.test(text))
      tell('XML has no control characters and no halves of characters: U+FFFD stands in the place of each.');
    return written;
  };

  const resource = (type: string, value: Json, attributes: string, depth: number): void => {
    out += `${breakTo(depth)}<${type}${attributes}`;
    body(type, value, kindsOfResource(type, registry), undefined, depth);
  };

  /** From behind the attributes of a start tag to behind the end tag. @param owner undefined of a resource */
  const body = (
    name: string,
    value: Json,
    kinds: Kinds | undefined,
    owner: string | undefined,
    depth: number,
  ): void => {
    const open = out;
    out += '>';
    const { length } = out;
    members(value, kinds, owner, depth + 1);
    out = out.length === length ? `${open}/>` : `${out}${breakTo(depth)}</${name}>`;
  };

  const members = (value: Json, kinds: Kinds | undefined, owner: string | undefined, depth: number): void => {
    if (depth > DEEPEST) {
      tell(`Nested more than ${DEEPEST} levels deep: what is inside is left out of the XML.`);
      return;
    }
    for (const name of inOrder(value, kinds)) {
      const member = value[name];
      if (owner === undefined ? name === 'resourceType' : isAttribute(name, member, kinds, owner)) continue;
      const kind = kinds?.get(name);
      path.push(name);
      if (name.startsWith('_') && value[name.slice(1)] !== undefined)
        tell(
          `${name} is not what may stand beside ${name.slice(1)}: XML has it as an element that FHIR does not have.`,
        );
      property(name, member, besideOf(value, name, kind), kind, depth);
      path.pop();
    }
  };

  const attributes = (value: Json, kinds: Kinds | undefined, owner: string): void => {
    for (const name of ['id', 'url']) {
      const member = value[name];
      if (!isAttribute(name, member, kinds, owner)) continue;
      path.push(name);
      if (typeof member !== 'string') tell(`${name} is text in STU3: XML cannot say that it is none.`);
      out += ` ${name}="${quoted(String(member))}"`;
      path.pop();
    }
  };

  /** An element, or those of a list. */
  const property = (
    name: string,
    value: unknown,
    beside: unknown,
    kind: ElementKind | undefined,
    depth: number,
  ): void => {
    if (!kind && !isXmlName(name)) {
      tell(`No element of XML may be called ${JSON.stringify(name)}: it is left out.`);
      return;
    }
    if (!Array.isArray(value) && !Array.isArray(beside)) {
      if (value === null && beside === undefined) {
        tell(`XML has no null: ${name} is left out.`);
        return;
      }
      if (kind?.isList) tell(`${name} is a list in STU3: in XML it looks like a list of one.`);
      item(name, value ?? undefined, beside, kind, depth);
      return;
    }
    const values: unknown[] = Array.isArray(value) ? value : value == null ? [] : [value];
    const besides: unknown[] = Array.isArray(beside) ? beside : beside === undefined ? [] : [beside];
    const count = Math.max(values.length, besides.length);
    if (count === 0) tell(`XML has no empty list: ${name} is left out.`);
    else if (count === 1 && kind?.isList !== true)
      tell(`${name} is no list in STU3: in XML one of a single item looks like none.`);
    if (besides.length > 0 && (besides.every((one) => one === null) || !Array.isArray(beside)))
      tell(`XML cannot say how the list beside ${name} is made.`);
    for (let i = 0; i < count; i++) {
      path.push(i);
      listed(name, values[i] ?? undefined, besides[i] ?? undefined, kind, depth);
      path.pop();
    }
  };

  const listed = (
    name: string,
    value: unknown,
    beside: unknown,
    kind: ElementKind | undefined,
    depth: number,
  ): void => {
    if (value === undefined && beside === undefined) tell(`XML has no null: this item of ${name} is left out.`);
    else if (Array.isArray(value)) {
      tell(`XML has no list in a list: what stands in it is written as items of ${name}.`);
      if (path.length > DEEPEST)
        tell(`Nested more than ${DEEPEST} levels deep: what is inside is left out of the XML.`);
      else property(name, value, beside, kind, depth);
    } else item(name, value, beside, kind, depth);
  };

  /** One element, whole. */
  const item = (name: string, value: unknown, beside: unknown, kind: ElementKind | undefined, depth: number): void => {
    if (kind?.form === 'xhtml') {
      const { text, told } = narrativeAsXml(value);
      if (told !== undefined) tell(told);
      if (text !== '') out += breakTo(depth) + text;
      return;
    }
    out += `${breakTo(depth)}<${name}`;
    if (kind?.form === 'resource' && isObject(value)) {
      inner(name, value, depth);
      return;
    }
    const inside = isObject(value) ? value : isObject(beside) ? beside : undefined;
    const kinds = inside && kind?.inside();
    if (inside) attributes(inside, kinds, name);
    if (isObject(value)) {
      if (kind && kind.form !== 'complex')
        tell(`${name} is a single value in STU3: in XML its parts look like what may stand beside one.`);
      if (beside !== undefined) tell(`What stands beside ${name} is left out: XML has no place for it beside parts.`);
    } else if (value !== undefined) {
      single(name, value, kind);
      if (inside && Object.keys(inside).length === 0) tell(`XML cannot say that nothing stands beside ${name}.`);
    }
    if (!inside) out += '/>';
    else if (inside === value) body(name, inside, kinds, name, depth);
    else {
      const at = path.findLastIndex((one) => one === name);
      if (at >= 0) path[at] = `_${name}`;
      body(name, inside, kinds, name, depth);
      if (at >= 0) path[at] = name;
    }
  };

  /** A resource inside an element such as `entry.resource`. */
  const inner = (name: string, value: Json, depth: number): void => {
    const type = typeOf(value);
    if (type === undefined) {
      if (Object.keys(value).length > 0)
        tell('This resource is left out: in XML its resourceType names its element, and it has none that may.');
      out += '/>';
      return;
    }
    out += '>';
    resource(type, value, '', depth + 1);
    out += `${breakTo(depth)}</${name}>`;
  };

  const single = (name: string, value: unknown, kind: ElementKind | undefined): void => {
    const number = typeof value === 'number' && exact.size > 0 ? exact.get(join('', ...path)) : undefined;
    const raw = number ?? String(value);
    if (!kind) {
      if (typeof value !== 'string')
        tell(`STU3 has no ${name}: in XML a ${typeof value} of such an element is read as text.`);
    } else if (kind.form !== 'primitive')
      tell(`${name} has no value of its own in STU3: XML has it as an attribute that is not read.`);
    else if (readPrimitive(raw, kind.type) !== value)
      tell(`${name} is ${kind.type} in STU3: XML cannot say that it is ${kindOfValue(value)}.`);
    out += ` value="${quoted(raw)}"`;
  };

  return { left, text: () => out, resource, item };
}

function typeOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const { resourceType } = value;
  return typeof resourceType === 'string' && isXmlName(resourceType) ? resourceType : undefined;
}

function kindOfValue(value: unknown): string {
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

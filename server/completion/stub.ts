// What is written for a value that a person has yet to fill in: as snippet with a place for the cursor, and as plain text.
import type { TypeReference } from '../../core/definitions/definition';
import { type Element, isList } from '../../core/definitions/element';
import type { Registry } from '../../core/definitions/registry';
import { type Pointer, segmentsOf } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import type { Described } from '../describe';

export interface Stub {
  /** In the protocol's snippet syntax. */
  snippet: string;
  plain: string;
}

/** A value that is known: nothing is left to fill in. */
export function written(value: unknown): Stub {
  const plain = onOneLine(value);
  return { snippet: plain.replace(/[\\$}]/g, '\\$&'), plain };
}

/** JSON with a space where people put one: `{ "system": "x", "code": "y" }`. */
function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${onOneLine(member)}`).join(', ')} }`;
}

/** Whether the brackets of a list are part of what is written at a pointer: not at one of its items. */
export function isWholeList(pointer: Pointer, elements: Element[]): boolean {
  return !/^\d+$/.test(segmentsOf(pointer).at(-1) ?? '') && elements.some(isList);
}

/** The whole value of a property, as a list where STU3 has a list. */
export function stubOf(described: Described, registry: Registry): Stub {
  const item = itemStub(described, registry);
  const isMany = described.elements.some(isList);
  return isMany ? { snippet: `[${item.snippet}]`, plain: `[${item.plain}]` } : item;
}

/** One value: an item where there is a list. */
export function itemStub({ fixed, types }: Described, registry: Registry): Stub {
  return fixed !== undefined ? written(fixed) : typeStub(types[0], registry);
}

function typeStub(type: TypeReference | undefined, registry: Registry): Stub {
  const code = type?.code ?? 'BackboneElement';
  switch (code) {
    case 'boolean':
      return { snippet: '${1|true,false|}', plain: 'false' };
    case 'decimal':
    case 'integer':
    case 'unsignedInt':
      return { snippet: '${1:0}', plain: '0' };
    case 'positiveInt':
      return { snippet: '${1:1}', plain: '1' };
    default:
      return isText(code, registry) ? { snippet: '"$1"', plain: '""' } : { snippet: '{$1}', plain: '{}' };
  }
}

function isText(code: string, registry: Registry): boolean {
  return registry.definition(`http://hl7.org/fhir/StructureDefinition/${code}`)?.kind === 'primitive-type';
}

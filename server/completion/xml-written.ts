// A draft as the elements of FHIR XML: in the protocol's snippet syntax with a tab stop for each hole, or plain.
import { type ElementKind, type Kinds, kindsOfResource } from '../../core/document/element-kinds';
import { attributeText } from '../../core/document/xml-characters';
import type { Registry } from '../../core/definitions/registry';
import { type Draft, filled, type Hole, hole, isHole, partsOf } from '../../core/draft/draft';
import { isObject, type Json, list, text } from '../../core/json';
import { literal as literally, stopWriter } from './snippet';

export interface XmlStyle {
  snippets: boolean;
  /** Elements go on lines of their own; without it all stays on one. */
  layout?: { unit: string; eol: string } | undefined;
  /** Of the elements around, where they have one. */
  prefix: string;
  registry: Registry;
}

export interface XmlWriter {
  /** The elements of a name: of a list one for each item. Each a line, indented as if the first were not. */
  elements(name: string, draft: Draft, kind: ElementKind | undefined): string;
  /** What stands between the tags of an element. */
  inside(draft: Draft, kinds: Kinds | undefined): string;
  /** A resource in an element of its own. @param attributes such as its namespace */
  resource(draft: Draft, attributes?: string): string;
  /** What stands between the quotes of an attribute. */
  letters(draft: Draft, quote?: string): string;
  /** Text that is written as it is. */
  literal(text: string): string;
}

/** One for each text that is inserted: its tab stops are counted through. */
export function xmlWriter({ snippets, layout, prefix, registry }: XmlStyle): XmlWriter {
  const stop = stopWriter();
  const literal = (raw: string): string => (snippets ? literally(raw) : raw);
  const tag = (name: string): string => literal(prefix === '' ? name : `${prefix}:${name}`);
  const unit = layout?.unit ?? '';

  const letters = (value: Draft, quote = '"'): string => {
    const escape = (one: unknown): string => {
      const escaped = attributeText(String(one));
      return quote === '"' ? escaped : escaped.replaceAll(quote, '&apos;');
    };
    if (isHole(value)) return stop(value, escape);
    const parts = partsOf(value);
    if (!parts) return literal(escape(value));
    return parts.map((part) => (isHole(part) ? stop(part, escape, true) : literal(escape(part)))).join('');
  };

  const wrapped = (name: string, attributes: string, inside: string[]): string[] => {
    const open = `<${tag(name)}${attributes}`;
    if (inside.length === 0) return [`${open}/>`];
    if (inside.length === 1 && isStopAlone(inside[0]!)) return [`${open}>${inside[0]}</${tag(name)}>`];
    return [`${open}>`, ...inside.map((line) => unit + line), `</${tag(name)}>`];
  };

  const one = (name: string, draft: Draft, kind: ElementKind | undefined, beside: Json): string[] => {
    const isPlain = !isObject(draft) || isHole(draft) || partsOf(draft) !== undefined;
    if (kind?.form === 'xhtml') return isPlain ? [narrative(draft)] : [];
    if (kind?.form === 'resource') return wrapped(name, '', isPlain ? stopLine(draft) : resource(draft));
    const isOpen = isHole(draft) && typeof draft.example === 'object';
    if (isPlain && !isOpen) {
      const { id, ...inside } = beside;
      const value = draft === null || draft === undefined ? '' : ` value="${letters(draft)}"`;
      return wrapped(name, attribute('id', id) + value, members(inside, kind?.inside()));
    }
    if (isOpen) return wrapped(name, '', stopLine(draft));
    const kinds = kind?.inside();
    return wrapped(name, attributes(draft as Json, kinds), members(draft as Json, kinds));
  };

  const narrative = (draft: Draft): string => {
    const whole = (value: unknown): string => String(value);
    if (isHole(draft)) return stop(draft, whole);
    return (partsOf(draft) ?? [String(draft)])
      .map((part) => (isHole(part) ? stop(part, whole, true) : literal(part)))
      .join('');
  };

  const stopLine = (draft: Draft): string[] => (snippets && isHole(draft) ? [stop(draft, String)] : []);

  const attribute = (name: string, value: Draft): string =>
    value === undefined || value === null ? '' : ` ${name}="${letters(value)}"`;

  const attributes = (draft: Json, kinds: Kinds | undefined): string =>
    Object.entries(draft)
      .filter(([name]) => isAttribute(name, kinds))
      .map(([name, value]) => attribute(name, value))
      .join('');

  const members = (draft: Json, kinds: Kinds | undefined): string[] => {
    const follow = new Set(
      Object.values(draft).flatMap((member) => (isHole(member) ? Object.keys(member.beside ?? {}) : [])),
    );
    const names = [...new Set(Object.keys(draft).map((name) => (kinds?.has(name) ? name : name.replace(/^_/, ''))))];
    return names
      .filter((name) => name !== 'resourceType' && !follow.has(name) && !isAttribute(name, kinds))
      .toSorted((a, b) => orderOf(a, kinds) - orderOf(b, kinds))
      .flatMap((name) => {
        const member = draft[name];
        if (isHole(member) && member.beside) return [stop(chosenTogether(name, member, tag), String)];
        return named(name, member, kinds?.get(name), draft[`_${name}`]);
      });
  };

  const named = (name: string, draft: Draft, kind: ElementKind | undefined, beside?: unknown): string[] => {
    // A list with room for anything.
    if (isHole(draft) && Array.isArray(draft.example)) return stopLine(draft);
    const companions = list(beside);
    if (!Array.isArray(draft)) {
      const companion = isObject(beside) ? beside : {};
      return draft === undefined && beside === undefined ? [] : one(name, draft, kind, companion);
    }
    return draft.flatMap((item: unknown, i) => {
      const companion = companions[i];
      return one(name, item, kind, isObject(companion) ? companion : {});
    });
  };

  const resource = (draft: Draft, more = ''): string[] => {
    const type = text((draft as Json).resourceType) ?? 'Resource';
    const kinds = kindsOfResource(type, registry);
    const inside = members(draft as Json, kinds);
    return wrapped(type, more, inside.length === 0 && snippets ? [stop(hole(''), String)] : inside);
  };

  const joined = (lines: string[]): string => lines.join(layout?.eol ?? '');
  // Without snippets a hole is its example.
  const settled = (draft: Draft): Draft => (snippets ? draft : filled(draft));
  return {
    elements: (name, draft, kind) => joined(named(name, settled(draft), kind)),
    inside: (draft, kinds) => joined(members(settled(draft) as Json, kinds)),
    resource: (draft, more) => joined(resource(settled(draft), more)),
    letters: (draft, quote) => letters(settled(draft), quote),
    literal,
  };
}

function isAttribute(name: string, kinds: Kinds | undefined): boolean {
  return kinds?.get(name)?.form === 'attribute';
}

/** What STU3 does not know stands last. */
function orderOf(name: string, kinds: Kinds | undefined): number {
  return kinds?.get(name)?.order ?? Infinity;
}

function isStopAlone(line: string): boolean {
  return /^\$\d+$/.test(line);
}

/** A place for several elements at once; a choice has no lines. */
function chosenTogether(name: string, { choices = [], beside = {} }: Hole, tag: (name: string) => string): Hole {
  const texts = choices.map((choice, i) =>
    [[name, choice] as const, ...Object.entries(beside).map(([other, values]) => [other, values[i]] as const)]
      .map(([element, value]) => `<${tag(element)} value="${attributeText(String(value))}"/>`)
      .join(''),
  );
  return hole(texts[0]!, { choices: texts });
}

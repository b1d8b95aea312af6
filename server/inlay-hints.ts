// What is written behind a value in the editor: whom a reference leads to, and what a code means that has no display.
import { join, type Pointer } from '../core/document/pointer';
import type { SourceDocument, Span } from '../core/document/source-document';
import { labelIn } from '../core/itk3/label';
import { type Located, type Message, referenceIn, resolve } from '../core/itk3/message';
import { isObject, type Json } from '../core/json';
import type { Knowledge } from '../core/knowledge';
import { sameWords } from './hover/explain';
import { knownDisplay } from '../core/itk3/known-concepts';

export interface HintOptions {
  references: boolean;
  codes: 'off' | 'withoutDisplay' | 'all';
}

export interface Hint {
  /** Behind which it stands. */
  at: number;
  text: string;
  /** All that would have been too long. */
  more?: string;
  /** The resource that it names. */
  target?: Pointer;
}

/** On for what the text does not say at all, off for what it says beside. */
export const DEFAULT_HINTS: HintOptions = { references: true, codes: 'withoutDisplay' };

/** `itk3.inlayHints`; what makes no sense is as if it were not there. */
export function readHintOptions(section: unknown): HintOptions {
  const wanted = isObject(section) && isObject(section.inlayHints) ? section.inlayHints : {};
  const { references, codes } = wanted;
  return {
    references: typeof references === 'boolean' ? references : DEFAULT_HINTS.references,
    codes: codes === 'off' || codes === 'withoutDisplay' || codes === 'all' ? codes : DEFAULT_HINTS.codes,
  };
}

/** Those in a stretch of the text, in the order of the message. */
export function hintsIn(
  range: Span,
  source: SourceDocument,
  message: Message,
  knowledge: Knowledge,
  options: HintOptions,
): Hint[] {
  if (!options.references && options.codes === 'off') return [];
  const end = range.offset + range.length;
  const hints: Hint[] = [];

  const isIn = (offset: number): boolean => offset >= range.offset && offset <= end;
  const behind = (pointer: Pointer): number | undefined => {
    const span = source.spanOf(pointer, 'value');
    const at = behindTag(source, span.offset + span.length);
    return isIn(at) ? at : undefined;
  };

  const visit = (value: unknown, pointer: Pointer, from: Located): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      value.forEach((item, i) => visit(item, join(pointer, i), from));
      return;
    }
    const object = value as Json;
    if (object !== from.resource && message.located.has(object)) return;
    if (options.references) referenceHint(object, pointer, from);
    if (options.codes !== 'off') codeHint(object, pointer);
    for (const name in object) visit(object[name], join(pointer, name), from);
  };

  const referenceHint = (object: Json, pointer: Pointer, from: Located): void => {
    const reference = referenceIn(object);
    const at = reference === undefined ? undefined : behind(join(pointer, 'reference'));
    const found = at === undefined ? undefined : resolve(message, from, reference!);
    if (at === undefined || !found) return;
    const label = labelIn(message, found);
    const text = shortened(label);
    hints.push({ at, text: `→ ${text}`, target: found.pointer, ...(text !== label && { more: label }) });
  };

  const codeHint = ({ system, code, display, unit }: Json, pointer: Pointer): void => {
    if (typeof system !== 'string' || typeof code !== 'string' || unit !== undefined) return;
    const isNamed = typeof display === 'string';
    if (isNamed && options.codes !== 'all') return;
    const known = knownDisplay(system, code, knowledge);
    if (known === undefined || sameWords(known, isNamed ? display : code)) return;
    const at = behind(join(pointer, isNamed ? 'display' : 'code'));
    if (at !== undefined) hints.push({ at, text: isNamed ? `≠ ${shortened(known)}` : shortened(known) });
  };

  for (const resource of message.resources) {
    const { offset, length } = source.spanOf(resource.pointer, 'value');
    if (offset <= end && offset + length >= range.offset) visit(resource.resource, resource.pointer, resource);
  }
  return hints;
}

/** Inside a tag of XML a hint would look like one of its attributes. */
function behindTag({ format, text }: SourceDocument, end: number): number {
  const close = /\s*\/?>/y;
  close.lastIndex = end;
  return format === 'xml' && close.test(text) ? close.lastIndex : end;
}

const LONGEST = 60;

/** The type and what tells most; the rest is a tooltip's. */
function shortened(label: string): string {
  const text = label.split(' · ').slice(0, 2).join(' · ');
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

// What of some files becomes what, before anything is written. Pure.
import type { Converted } from '../../core/document/convert';
import { formatOf } from '../../core/document/read-document';
import type { Format } from '../../core/document/source-document';
import { isObject } from '../../core/json';
import { plural } from '../../exchange/outgoing';
import { mayBeFhirXml } from '../language/fhir-text';

/** Of one file that was meant: a resource in one form or the other, or why it is none. */
export type Looked = { form: Format } | { why: string };

/** @param value what the text was read as */
export function looked(text: string, value: unknown): Looked {
  if (text.trim() === '') return { why: 'It is empty.' };
  const form = formatOf(text);
  // Of XML the root counts as the type, whatever it is.
  const isOurs = form === 'json' || mayBeFhirXml(text);
  if (!isOurs || !isObject(value) || typeof value.resourceType !== 'string') return { why: 'It is no FHIR resource.' };
  return { form };
}

/** The form to convert to where there is only one; undefined where a person has to say. */
export function onlyTarget(forms: readonly Format[]): Format | undefined {
  const [first] = forms;
  if (first === undefined || forms.some((form) => form !== first)) return undefined;
  return first === 'json' ? 'xml' : 'json';
}

/** Why a file is not written though its text was read; undefined when all of it can be said. */
export function whyNot(converted: Converted, to: Format): string | undefined {
  if ('problem' in converted) return converted.problem;
  const [first] = converted.left;
  if (!first) return undefined;
  const more = converted.left.length - 1;
  const others = more === 0 ? '' : ` And ${plural(more, 'other place')} like it.`;
  return `The ${to.toUpperCase()} would not have all of it: ${first.message}${others}`;
}

export interface LeftOut {
  name: string;
  why: string;
}

export interface Tally {
  to: Format;
  converted: number;
  /** Of the files that were converted: comments that JSON has no place for. */
  comments: number;
  leftOut: readonly LeftOut[];
  isStopped: boolean;
}

/** How it ended, in a sentence or two. */
export function sentenceOf({ to, converted, comments, leftOut, isStopped }: Tally): string {
  const [only] = leftOut;
  const says = [
    `${isStopped ? 'Stopped: ' : ''}${plural(converted, 'file')} converted to FHIR ${to.toUpperCase()}.`,
    comments > 0 && `${plural(comments, 'comment')} stayed behind: JSON has no place for them.`,
    only && leftOut.length === 1 && `${only.name} was not: ${uncapitalised(only.why)}`,
    leftOut.length > 1 && `${leftOut.length} were not.`,
  ];
  return says.filter(Boolean).join(' ');
}

/** The files that were not converted, and why, for a page of its own. */
export function listOf(tally: Tally): string {
  const lines = tally.leftOut.map(({ name, why }) => `${name}\n    ${why}`);
  return `${[sentenceOf(tally), '', ...lines].join('\n')}\n`;
}

function uncapitalised(sentence: string): string {
  return /^(It|They|The|This)\b/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

// Fixes of links and pictures in a narrative that lead nowhere.
import { valueAt } from '../document/pointer';
import type { Finding, Fix } from '../finding';
import { writeLines } from '../itk3/write-section-text';
import { isObject, type Json, text } from '../json';
import { nearest } from '../nearest';
import { decoded } from '../validate/xhtml';
import { resourceAround } from '../validate/locate';
import { replaced } from './cells';
import type { FixMaker } from './fixing';

type Within = NonNullable<Finding['within']>;

/** What may be meant, then the way without the link: its words stay, and of a picture what stands for it. */
const link: FixMaker = ({ pointer, within }, { message }) => {
  const div = text(valueAt(message.root.resource, pointer));
  const at = resourceAround(pointer, message);
  const tag = div === undefined || !within ? undefined : tagAround(div, within);
  if (div === undefined || !within || !at || !tag) return [];
  const set = (title: string, value: string): Fix => ({ title, sure: false, kind: 'set', pointer, value });
  const value = decoded(div.slice(within.offset, within.offset + within.length));
  const near = value.startsWith('#') ? nearest(value.slice(1), idsIn((at.container ?? at).resource, div)) : undefined;
  const raw = div.slice(tag.offset, tag.offset + tag.length);
  const alternative = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(raw);
  const words = decoded(alternative?.[1] ?? alternative?.[2] ?? '').trim();
  return [
    ...(near === undefined ? [] : [set(`Change to #${near}`, replaced(div, within, `#${writeLines(near)}`))]),
    raw.startsWith('<img')
      ? set(
          words === '' ? 'Remove the picture' : `Write "${words}" in place of the picture`,
          replaced(div, tag, writeLines(words)),
        )
      : set('Remove the link and keep its words', withoutAttribute(div, within)),
  ];
};

function tagAround(div: string, { offset, length }: Within): Within | undefined {
  const from = div.lastIndexOf('<', offset);
  const to = div.indexOf('>', offset + length) + 1;
  return from < 0 || to === 0 ? undefined : { offset: from, length: to - from };
}

function withoutAttribute(div: string, { offset, length }: Within): string {
  const before = div.slice(0, offset).replace(/\s*[\w:.-]+\s*=\s*["']$/, '');
  return before + div.slice(offset + length + 1);
}

/** Of the resource and what stands in it, and of its narrative. */
function idsIn(owner: Json, div: string): Set<string> {
  const ids = new Set(Array.from(div.matchAll(/\b(?:id|name)\s*=\s*["']([^"']{1,64})["']/g), ([, id]) => id!));
  const values: unknown[] = [owner];
  for (const value of values) {
    if (isObject(value) && typeof value.id === 'string') ids.add(value.id);
    if (typeof value === 'object' && value !== null) values.push(...(Object.values(value) as unknown[]));
  }
  return ids;
}

export const NARRATIVE_LINK_FIXES: Readonly<Record<string, readonly FixMaker[]>> = { 'narrative-link': [link] };

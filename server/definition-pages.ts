// Definitions as read-only documents of the client: their uris, and what stands where in them.
import type { Range } from 'vscode-languageserver';
import type { Element } from '../core/definitions/element';
import { pageOf } from '../core/definitions/page/page';
import { BASE, withoutVersion } from '../core/definitions/registry';
import { join, type Pointer, segmentsOf } from '../core/document/pointer';
import type { Located } from '../core/itk3/message';
import { rangeOf } from './convert';
import type { Session } from './feature';

const SCHEME = 'itk3-definition';

/** The path is for the person, who sees it on the tab; the query is what is meant. */
export function uriOfPage(canonical: string): string {
  const url = withoutVersion(canonical);
  return `${SCHEME}:/${encodeURIComponent(url.slice(url.lastIndexOf('/') + 1))}.txt?${encodeURIComponent(url)}`;
}

/** Undefined of any other uri. */
export function urlOfPage(uri: string): string | undefined {
  if (!uri.startsWith(`${SCHEME}:`)) return undefined;
  try {
    return decodeURIComponent(uri.slice(uri.indexOf('?') + 1));
  } catch {
    return undefined;
  }
}

type Knowing = Pick<Session, 'knowledge' | 'texts'>;

export interface PagePlace {
  uri: string;
  /** The row, or the heading. */
  range: Range;
}

/** @param row the first of these keys that the page has a row for; its heading when none is asked for */
export function placeInPage(url: string, { knowledge, texts }: Knowing, ...row: string[]): PagePlace | undefined {
  const page = pageOf(url, knowledge);
  const span = row.map((key) => page?.rows.get(key)).find((one) => one !== undefined);
  if (!page || (row.length > 0 && !span)) return undefined;
  const document = texts.create('', 'plaintext', 0, page.text);
  return { uri: uriOfPage(page.url), range: rangeOf(document, span ?? { offset: 0, length: 0 }) };
}

/**
 * Where the elements at a spot are defined: in each profile that applies, or in the type of what they stand in.
 * @param elementsAt the elements at a pointer of the message
 */
export function placesOfElement(
  pointer: Pointer,
  at: Located,
  urls: readonly string[],
  elementsAt: (pointer: Pointer) => Element[],
  knowing: Knowing,
): PagePlace[] {
  const id = idOf(pointer, at, elementsAt);
  const profiles = urls.length > 0 ? urls : [BASE + at.type];
  const places = profiles.flatMap((url) => placeInPage(url, knowing, ...id) ?? []);
  if (places.length > 0) return places;
  // What no profile speaks of is an element of a data type: `HumanName.family`.
  const paths = [...new Set(elementsAt(pointer).map(({ path }) => path))];
  return paths.flatMap((path) => placeInPage(BASE + path.split('.')[0]!, knowing, path) ?? []);
}

/** As its row in a page is called, and the same without slices. */
function idOf(pointer: Pointer, at: Located, elementsAt: (pointer: Pointer) => Element[]): string[] {
  let sliced = at.type;
  let plain = at.type;
  let spot = at.pointer;
  for (const segment of segmentsOf(pointer.slice(at.pointer.length))) {
    spot = join(spot, segment);
    const elements = elementsAt(spot);
    if (!/^\d+$/.test(segment)) {
      const name = `.${elements[0]?.name ?? segment}`;
      sliced += name;
      plain += name;
    }
    const slice = elements.find(({ sliceName }) => sliceName !== undefined)?.sliceName;
    if (slice !== undefined && !sliced.endsWith(`:${slice}`)) sliced += `:${slice}`;
  }
  return [sliced, plain];
}

// Finds planted secrets in a text, whole or in pieces, in whatever form they were written down.
import { SECRETS } from './planted';

/** So many characters of a secret on end give it away; a shorter secret only whole. */
const PIECE = 8;
/** A form within a form: base64 of JSON, a percent-encoded address in HTML. */
const DEPTH = 2;

export interface Detector {
  /** To be found from now on as well. */
  plant(name: string, secret: string): void;
  /** The names of the secrets that stand in the text. */
  find(text: string): string[];
}

export function createDetector(secrets: Record<string, readonly string[]> = SECRETS): Detector {
  const pieces = new Map<string, string>();
  const clean = new Set<string>();
  const planted = new Set<string>();
  const frames = new Set<string>();
  const plant = (name: string, secret: string) => {
    if (planted.has(secret)) return;
    planted.add(secret);
    clean.clear();
    frames.clear();
    for (const spelling of [secret, Buffer.from(secret, 'utf8').toString('latin1')])
      for (const form of [spelling.toLowerCase(), bare(spelling)])
        for (const piece of windows(form)) pieces.set(piece, name);
  };
  for (const [name, spellings] of Object.entries(secrets)) for (const spelling of spellings) plant(name, spelling);

  return {
    plant,
    find(whole) {
      // The frames of a stack are the same a thousand times over.
      const text = whole.replace(/^ +at .*$/gm, (frame) => (frames.has(frame) ? '' : frame));
      if (clean.has(text)) return [];
      const found = new Set<string>();
      for (const view of views(text))
        for (const form of [view.toLowerCase(), bare(view)])
          for (const piece of windows(form)) {
            const name = pieces.get(piece);
            if (name !== undefined) found.add(name);
          }
      if (found.size > 0) return [...found];
      clean.add(text);
      for (const frame of text.match(/^ +at .*$/gm) ?? []) frames.add(frame);
      return [...found];
    },
  };
}

/** Without what people put between digits and what breaks lines. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function* windows(text: string): Generator<string> {
  if (text.length < PIECE) return;
  for (let at = 0; at + PIECE <= text.length; at++) yield text.slice(at, at + PIECE);
}

/** The text, and all that can be read out of it. */
function views(text: string): Set<string> {
  const all = new Set([text]);
  let last = [text];
  for (let depth = 0; depth < DEPTH; depth++) {
    const worth = last.filter(isReadable);
    last = worth.flatMap((view) => DECODERS.flatMap((decode) => decode(view))).filter((view) => !all.has(view));
    for (const view of last) all.add(view);
  }
  return all;
}

/** What was decoded and was no text holds nothing that could be decoded again. */
function isReadable(text: string): boolean {
  return (text.match(/[^\s\x20-\x7e]/g)?.length ?? 0) <= text.length / 2;
}

const DECODERS: readonly ((text: string) => string[])[] = [
  // JSON, JavaScript, util.inspect
  (text) =>
    changed(
      text,
      text
        .replace(/\\u\{?([0-9a-f]{2,6})\}?/gi, character(16))
        .replace(/\\x([0-9a-f]{2})/gi, character(16))
        .replace(/\\(["'\\/])/g, '$1'),
    ),
  (text) =>
    changed(
      text,
      text
        .replace(/&#x([0-9a-f]+);/gi, character(16))
        .replace(/&#(\d+);/g, character(10))
        .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? ''),
    ),
  (text) =>
    bytesOf(text, /(?:%[0-9a-f]{2})|[^%]/gi, /%[0-9a-f]{2}/i, (part) =>
      part.length === 3 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part),
    ),
  // A line that inspect breaks, and a Buffer as it shows one
  (text) => changed(text, text.replace(/['"`] ?\+?\s*\n\s*['"`]|\s+/g, '')),
  (text) =>
    runs(text, /(?:[0-9a-f]{2}[\s:]?){8,}/gi).flatMap((run) =>
      read(Buffer.from(run.replace(/[\s:]/g, ''), 'hex'), Buffer.from(run.replace(/[\s:]/g, '').slice(1), 'hex')),
    ),
  (text) =>
    runs(text, /\d{1,3}(?:\s*,\s*\d{1,3}){7,}/g).flatMap((run) => read(Buffer.from(run.split(',').map(Number)))),
  (text) =>
    runs(text, /[a-z0-9+/_-]{11,}/gi).flatMap((run) =>
      [0, 1, 2, 3].flatMap((from) => read(Buffer.from(run.slice(from), 'base64'))),
    ),
];

const ENTITIES: Partial<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const character = (base: number) => (_: string, code: string) => {
  const point = parseInt(code, base);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
};

const changed = (before: string, after: string) => (after === before ? [] : [after]);

const runs = (text: string, pattern: RegExp) => text.match(pattern) ?? [];

const read = (...buffers: Buffer[]) => buffers.flatMap((bytes) => [bytes.toString('utf8'), bytes.toString('latin1')]);

function bytesOf(text: string, parts: RegExp, worth: RegExp, decode: (part: string) => Buffer): string[] {
  return worth.test(text) ? read(Buffer.concat(runs(text, parts).map(decode))) : [];
}

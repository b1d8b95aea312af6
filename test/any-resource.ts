// Resources of any STU3 type, built from the definitions: of the right shape, and with all that is hard to carry over.
import { choiceNames, type Element, isChoice, isList } from '../core/definitions/element';
import { BASE } from '../core/definitions/registry';
import { join, type Pointer } from '../core/document/pointer';
import type { Json } from '../core/json';
import { knowledge } from './knowledge';

export interface AnyResource {
  value: Json;
  /** Numbers that a program would write otherwise, by their place. */
  exact: ReadonlyMap<Pointer, string>;
  /** The choices made, such as `Observation.value[x] Quantity`. */
  choices: ReadonlySet<string>;
}

export interface Wish {
  type: string;
  /** The same wish gives the same resource. */
  seed: number;
  /** How many of the elements that may be missing are there: 0 to 1. */
  fullness: number;
  /** Every choice is there and takes its type of this number; at random, if not told. */
  choice?: number;
}

const DEEPEST = 4;

export function anyResource({ type, seed, fullness, choice }: Wish): AnyResource {
  const { registry, terminology } = knowledge();
  const below = randoms(seed);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const chance = (probability: number): boolean => below(1000) < probability * 1000;
  const exact = new Map<Pointer, string>();
  const choices = new Set<string>();

  const resource = (name: string, at: Pointer, depth: number): Json =>
    shuffled({ resourceType: name, ...members(registry.type(name)!.children!, at, depth) });

  const members = (children: ReadonlyMap<string, Element>, at: Pointer, depth: number): Json => {
    const value: Json = {};
    for (const element of children.values()) {
      if (!isWanted(element, depth)) continue;
      const [name, code] = isChoice(element) ? chosen(element) : [element.name, element.types[0]?.code];
      put(value, name, element, code, at, depth);
    }
    return value;
  };

  const isWanted = (element: Element, depth: number): boolean => {
    const { min, name, types } = element;
    if (min > 0 || (choice !== undefined && hasChoice(element))) return true;
    const isRecursive = ['extension', 'modifierExtension', 'contained'].includes(name) || types[0]?.code === 'Resource';
    return depth < DEEPEST && chance(isRecursive ? fullness / 8 : fullness / (depth + 1));
  };

  const chosen = (element: Element): [name: string, code: string] => {
    const names = [...choiceNames(element)];
    const [name, { code }] = choice === undefined ? oneOf(names) : names[choice % names.length]!;
    choices.add(`${element.path} ${code}`);
    return [name, code];
  };

  const put = (
    owner: Json,
    name: string,
    element: Element,
    code: string | undefined,
    at: Pointer,
    depth: number,
  ): void => {
    const isPrimitive =
      code !== undefined && code !== 'xhtml' && registry.definition(BASE + code)?.kind === 'primitive-type';
    const isAttribute = name === 'id' || (name === 'url' && element.path === 'Extension.url');
    const count = isList(element) ? 1 + below(chance(0.3) ? 3 : 1) : undefined;
    const place = (i: number, under = name): Pointer => (count === undefined ? join(at, under) : join(at, under, i));
    const items = [...Array(count ?? 1).keys()];
    if (!isPrimitive) {
      const values = items.map((i) => structure(element, code, place(i), depth));
      owner[name] = count === undefined ? values[0] : values;
      return;
    }
    const besides = items.map((i) =>
      !isAttribute && chance(fullness / 12) ? beside(place(i, `_${name}`), depth) : null,
    );
    const values = items.map((i) => (besides[i] && chance(0.3) ? null : primitive(code, element, place(i))));
    if (values.some((one) => one !== null)) owner[name] = count === undefined ? values[0] : values;
    if (besides.some((one) => one !== null)) owner[`_${name}`] = count === undefined ? besides[0] : besides;
    // Of a list in which nothing has a value there is still one null each.
    if (count !== undefined && !(name in owner)) owner[name] = values;
  };

  const beside = (at: Pointer, depth: number): Json => {
    const value: Json = {};
    if (chance(0.5)) value.id = `b${below(1000)}`;
    if (value.id === undefined || chance(0.5)) value.extension = [extension(join(at, 'extension', 0), depth)];
    return value;
  };

  const extension = (at: Pointer, depth: number): Json => {
    const children = registry.type('Extension')!.children!;
    const value: Json = { url: 'http://example.org/any' };
    if (depth >= DEEPEST || chance(0.7)) {
      const element = children.get('value[x]')!;
      const names = [...choiceNames(element)];
      const plain = names.filter(([, { code }]) => /^[a-z]/.test(code));
      const [name, { code }] = depth >= DEEPEST ? oneOf(plain) : oneOf(names);
      put(value, name, element, code, at, depth + 1);
    } else value.extension = [extension(join(at, 'extension', 0), depth + 1)];
    return shuffled(value);
  };

  const structure = (element: Element, code: string | undefined, at: Pointer, depth: number): unknown => {
    if (code === 'xhtml') return narrative();
    if (code === 'Resource') return resource(oneOf(['Patient', 'Observation', 'Device', 'Basic']), at, depth + 2);
    if (code === 'Extension') return extension(at, depth + 1);
    const value = members(registry.childrenOf(element, code), at, depth + 1);
    // Nothing may be empty.
    if (Object.keys(value).length === 0) value.extension = [extension(join(at, 'extension', 0), DEEPEST)];
    return shuffled(value);
  };

  const primitive = (code: string, element: Element, at: Pointer): unknown => {
    switch (code) {
      case 'boolean':
        return chance(0.5);
      case 'integer':
        return below(2_000_000_000) - 1_000_000_000;
      case 'unsignedInt':
        return below(2_000_000_000);
      case 'positiveInt':
        return 1 + below(1_000_000_000);
      case 'decimal':
        return decimal(at);
      case 'code':
        return oneOf(codesFor(element) ?? ['any', 'a-code', 'two words', '<', '&']);
      default:
        return oneOf(code === 'string' && isAttributeId(element) ? IDS : (TEXTS[code] ?? WORDS));
    }
  };

  const decimal = (at: Pointer): number => {
    const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join('');
    const whole = chance(0.3) ? '0' : `${1 + below(9)}${digits(below(9))}`;
    const written = `${chance(0.3) ? '-' : ''}${whole}${chance(0.7) ? `.${digits(1 + below(9))}${oneOf(['', '0', '00'])}` : ''}`;
    if (String(Number(written)) !== written) exact.set(at, written);
    return Number(written);
  };

  const codesFor = ({ binding }: Element): string[] | undefined => {
    if (binding?.strength !== 'required') return undefined;
    const codes = terminology.expand(binding.valueSet)?.codes.values();
    const all = codes && [...codes].flatMap((of) => [...of.keys()]);
    return all && all.length > 0 ? all : undefined;
  };

  const narrative = (): string =>
    `<div xmlns="http://www.w3.org/1999/xhtml">${Array.from({ length: 1 + below(3) }, () => oneOf(PARAGRAPHS)).join('')}</div>`;

  /** The order of members means nothing in JSON. */
  const shuffled = (value: Json): Json => {
    if (chance(0.5)) return value;
    const entries = Object.entries(value);
    for (let i = entries.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [entries[i], entries[j]] = [entries[j]!, entries[i]!];
    }
    return Object.fromEntries(entries);
  };

  return { value: resource(type, '', 0), exact, choices };
}

/** All choices that the definition of a resource has, such as `Observation.value[x] Quantity`, an element a list. */
export function choicesOf(type: string): string[][] {
  const found: string[][] = [];
  const visit = (element: Element): void => {
    if (isChoice(element)) found.push(element.types.map(({ code }) => `${element.path} ${code}`));
    for (const child of element.children?.values() ?? []) visit(child);
  };
  visit(knowledge().registry.type(type)!);
  return found;
}

function hasChoice(element: Element): boolean {
  return isChoice(element) || [...(element.children?.values() ?? [])].some(hasChoice);
}

/** Whole numbers below another one; a small generator (mulberry32), so that a seed is all that must be told of a failure. */
function randoms(seed: number): (limit: number) => number {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Ids of elements, which STU3 calls strings. */
function isAttributeId({ path }: Element): boolean {
  return path.endsWith('.id');
}

const IDS = ['any-1', '<&">\'\u00E9'];

const WORDS = [
  'Testwell',
  'a & b < c > d "e" \'f\'',
  ' two\nlines\r\nand\ttabs ',
  'a pill \u{1F48A}, a family \u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  'Zo\u00EB Zoe\u0308 \u0627\u0644 \u6F22 \u00A0\u2028\uFEFF\uFFFD\u0085',
  '&amp; &#10; ]]> <!-- --> <?x?>',
  '\\ / {}[] \u2019',
];

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  uri: ['http://example.org/a?b=c&d=e', 'urn:oid:1.2.3', 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', '#any'],
  base64Binary: ['RXhhbXBsZQ==', 'QUJD'],
  instant: ['2026-11-02T09:30:00.000+00:00', '2026-11-02T09:30:00Z'],
  date: ['2026', '2026-11', '2026-11-02'],
  dateTime: ['2026', '2026-11-02', '2026-11-02T09:30:00.10+01:00'],
  time: ['09:30:00', '09:30:00.00'],
  id: ['any-1', 'A.b'],
  oid: ['urn:oid:1.2.3'],
  uuid: ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
};

const PARAGRAPHS = [
  '<p>plain</p>',
  '<p id="a" class=\'b\'>&lt;&amp;&gt;&quot; &#160;&#x1F48A; \u{1F48A}\u00E9</p>',
  '\n  <table><tbody><tr><td/><td colspan="2">a<br/>b</td></tr></tbody></table>\n',
  '<!-- kept --><b>x</b> <i>y</i>',
  '<img src="#b" alt="a > b"/><a href="http://example.org/?a=b&amp;c=d">c</a>',
];

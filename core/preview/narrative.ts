// The XHTML of a section as a tree that can do no harm: what FHIR lets stand in a narrative and shows something, and
// nothing that runs, fetches, covers what is around it or leads elsewhere. What a page makes of it is the page's business.
import type { Finding } from '../finding';
import { plainText } from '../itk3/section-text';
import { scanXml, type XmlAttribute } from '../validate/xml-scan';
import { ACTIVE_ELEMENTS, decoded, ELEMENTS, ENTITIES } from '../validate/xhtml';
import { attributesOf, looksOf, pictureOf } from './narrative-attributes';
import { type Mark, markOf } from './marks';

export type NarrativeNode = string | NarrativeElement;

export interface NarrativeElement {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  /** What its style asks for, of the little that is followed: `bold`, `right`. */
  looks: readonly string[];
  children: NarrativeNode[];
  /** Where it says something else than the resources do. */
  marks: Mark[];
}

export interface Narrative {
  nodes: NarrativeNode[];
  /** What is not shown, and why: a sentence each. */
  notes: string[];
}

/** How much is shown, of a message and all of its narratives. It shrinks as it is used. */
export interface Budget {
  characters: number;
  elements: number;
}

/** Far beyond what anyone reads; without an end a page would never be drawn. */
export function createBudget(): Budget {
  return { characters: 500_000, elements: 20_000 };
}

/** Of one text, tags and all. */
const LONGEST = 600_000;

/** Elements are put no deeper into each other: what is deeper stands at this depth. */
const DEEPEST = 40;

/** Left out with all that is in them. */
const UNSEEN: ReadonlySet<string> = new Set([...ACTIVE_ELEMENTS, 'style', 'title', 'head', 'template', 'canvas']);
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'col', 'img']);
/** A mark stands at the end of one of these. */
const BLOCKS: ReadonlySet<string> = new Set(['td', 'th', 'p', 'li', 'dd', 'dt', 'div', 'caption', 'blockquote']);

interface Open {
  /** Undefined of what is left out, and of what only its content is shown of. */
  element?: NarrativeElement;
  unseen: boolean;
  /** Written behind it. */
  after: string;
  from: number;
}

/**
 * @param disagreements findings about stretches of this text
 * @param picture the data: address of the picture that an `#id` names
 */
export function readNarrative(
  whole: string,
  budget: Budget,
  disagreements: readonly Finding[] = [],
  picture: (id: string) => string | undefined = () => undefined,
): Narrative {
  const div = whole.slice(0, LONGEST);
  const nodes: NarrativeNode[] = [];
  const stack: Open[] = [];
  /** Those of the stack that are shown. */
  const shown: NarrativeElement[] = [];
  const blocks: { element: NarrativeElement; from: number; to: number }[] = [];
  const leftOut = new Map<string, number>();
  let seen = 0;
  let broken: string | undefined;
  let isCut = div.length < whole.length;

  const inside = (): NarrativeNode[] => shown.at(-1)?.children ?? nodes;
  const isUnseen = (): boolean => stack.at(-1)?.unseen ?? false;
  const write = (text: string): void => {
    if (text === '' || isUnseen()) return;
    if (budget.characters < text.length) isCut = true;
    inside().push(text.slice(0, budget.characters));
    budget.characters = Math.max(0, budget.characters - text.length);
  };
  const leaveOut = (what: string): void => void leftOut.set(what, (leftOut.get(what) ?? 0) + 1);

  const open = (name: string, from: number, attributes: readonly XmlAttribute[]): void => {
    const plain = name.slice(name.indexOf(':') + 1).toLowerCase();
    const unseen = isUnseen() || UNSEEN.has(plain);
    const one: Open = { unseen, after: '', from };
    if (unseen && !isUnseen()) leaveOut(`<${plain.slice(0, 20)}>`);
    const tag = /^h[1-6]$/.test(plain) ? 'h3' : plain;
    if (!unseen && plain === 'a') one.after = addressIn(attributes);
    else if (!unseen && ELEMENTS.has(plain) && plain !== 'a') {
      const drawn = plain === 'img' ? pictureOf(attributes, picture) : undefined;
      if (plain === 'img' && typeof drawn !== 'object') {
        leaveOut(drawn === 'elsewhere' ? 'a picture from elsewhere' : 'a picture');
        const alt = attributes.find((attribute) => attribute.name === 'alt');
        write(`[picture${alt ? `: ${characters(alt.value)}` : ''}]`);
      } else if (budget.elements <= 0) isCut = true;
      else {
        budget.elements--;
        const own = { ...attributesOf(tag, attributes), ...(typeof drawn === 'object' && drawn) };
        const element: NarrativeElement = {
          tag,
          attributes: own,
          looks: looksOf(attributes),
          children: [],
          marks: [],
        };
        inside().push(element);
        if (!VOID.has(tag) && shown.length < DEEPEST) shown.push((one.element = element));
      }
    }
    stack.push(one);
  };

  scanXml(div, {
    open: (name, offset, attributes, depth) => {
      const last = attributes.at(-1);
      seen = div.indexOf('>', last ? last.valueOffset + last.value.length : offset) + 1;
      // The outer <div> is the frame, which the page has already.
      if (depth === 0 && name === 'div') stack.push({ unseen: false, after: '', from: offset });
      else open(name, offset - 1, attributes);
    },
    close: (to) => {
      seen = to;
      const one = stack.pop();
      if (one?.after) write(one.after);
      if (one?.element) shown.pop();
      if (one?.element && BLOCKS.has(one.element.tag)) blocks.push({ element: one.element, from: one.from, to });
    },
    text: (from, to) => {
      seen = to;
      write(characters(div.slice(from, to)));
    },
    cdata: (from, to) => {
      seen = to;
      write(div.slice(from + 9, to - 3));
    },
    problem: ({ message }) => {
      broken ??= message;
    },
  });

  // What stands behind the last tag is read only before a tag.
  const rest = plainText(`${div.slice(seen)}<br/>`);
  const isClosed = stack.length === 0;
  shown.length = stack.length = 0;
  if (rest !== '') write(rest);
  place(disagreements, blocks, nodes);
  return { nodes, notes: notesOf(leftOut, rest !== '' || !isClosed ? broken : undefined, isCut) };
}

/** Puts each mark on the innermost block that holds all of its stretch; on the whole where there is none. */
function place(
  findings: readonly Finding[],
  blocks: readonly { element: NarrativeElement; from: number; to: number }[],
  nodes: NarrativeNode[],
): void {
  for (const finding of findings) {
    const { within } = finding;
    if (!within) continue;
    const end = within.offset + within.length;
    const block = blocks.find(({ from, to }) => from <= within.offset && end <= to);
    if (block) block.element.marks.push(markOf(finding));
    else nodes.push({ tag: 'p', attributes: {}, looks: [], children: [], marks: [markOf(finding)] });
  }
}

function notesOf(leftOut: ReadonlyMap<string, number>, broken: string | undefined, isCut: boolean): string[] {
  const things = [...leftOut].slice(0, 5).map(([what, count]) => (count === 1 ? what : `${count} × ${what}`));
  const more = leftOut.size > things.length ? ' and more' : '';
  return [
    ...(broken === undefined ? [] : [`This text is broken, so its layout is lost from there on. ${broken}`]),
    ...(things.length === 0 ? [] : [`Left out, as nothing here may run or be fetched: ${things.join(', ')}${more}.`]),
    ...(isCut ? ['This text goes on: it is too long to be shown whole.'] : []),
  ];
}

/** The address of a link, written out: nobody is led anywhere by a click. */
function addressIn(attributes: readonly XmlAttribute[]): string {
  const address = attributes.find(({ name }) => name === 'href')?.value;
  if (address === undefined || address.startsWith('#')) return '';
  return ` (${characters(address).slice(0, 200)})`;
}

/** As a reader sees them; HTML's commonest entities too, though XML has them not. */
function characters(text: string): string {
  if (!text.includes('&')) return text;
  const known = text.replace(/&([A-Za-z][A-Za-z0-9]{1,31});/g, (whole, name: string) =>
    Object.hasOwn(ENTITIES, name) ? String.fromCodePoint(ENTITIES[name]!) : whole,
  );
  return decoded(known);
}

// What an element is and what is asked of it, as markdown: one idea a line, nothing that is empty.
import { lastPart } from '../../core/definitions/registry';
import type { Binding } from '../../core/definitions/definition';
import type { Element } from '../../core/definitions/element';
import { BASE, type Registry } from '../../core/definitions/registry';
import type { Source } from '../../core/finding';
import type { Knowledge } from '../../core/knowledge';
import { cardinality, cardinalityWords, codesOf, type Described, typeWords, valueSetName } from '../describe';
import { SNOMED_CT } from '../../core/nhs/snomed-id';
import { code, link, prose, unlinked } from './markdown';

/** Name, type and how often: what a hover on an element starts with. @param path such as `Patient.identifier:nhsNumber.value` */
export function headline(path: string, described: Described, { registry }: Knowledge): string {
  const { min, max, base, mustSupport, types } = described;
  const type = typeWords(types, registry);
  const name = `**${prose(path)}**`;
  const differs = base.min !== min || base.max !== max;
  const often = [
    `${code(cardinality(described))} ${cardinalityWords(described)}`,
    ...(differs ? [`STU3 alone: ${code(cardinality(base))}`] : []),
    ...(mustSupport ? ['must be supported'] : []),
  ];
  return `${name}${type ? ` · ${code(type)}` : ''}\n\n${often.join(' · ')}`;
}

/** What the element is in one line. */
export function inShort({ short, definition, types }: Described, { registry }: Knowledge): string | undefined {
  const ofType = types.length === 1 ? registry.type(types[0]!.code)?.short : undefined;
  const says = short ?? definition ?? ofType;
  return says === undefined ? undefined : prose(shortened(unlinked(says)));
}

/** What is asked of the element beyond its profile. */
export function askedFor(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : lines.map((line) => `- ${line}`).join('\n');
}

export interface More {
  /** The element as STU3 has it: what a profile leaves unsaid is not told beside what it says. */
  base?: Element;
  /** What the guides ask, an example. */
  lines?: readonly (string | undefined)[];
  /** How values are written; as JSON, where it does not say. */
  written?: (value: unknown) => string;
}

/** What the element means, what its value must be, and who says so. */
export function explain(
  described: Described,
  knowledge: Knowledge,
  { base, lines = [], written = JSON.stringify }: More = {},
): string {
  const { short, definition, fixed, pattern, bindings, elements } = described;
  const isGeneral = base !== undefined && short !== base.short && definition === base.definition;
  const says = definition !== undefined && !isGeneral && !sameWords(definition, short) ? definition : undefined;
  const slices = [
    ...new Set(elements.flatMap((e) => e.slices ?? []).map((s) => `${s.sliceName ?? ''} ${code(cardinality(s))}`)),
  ];
  const paragraphs = [
    // Many definitions begin with what they are in short.
    !(short !== undefined && says !== undefined && startsAlike(says, short)) && inShort(described, knowledge),
    short !== undefined && says && prose(shortened(unlinked(says))),
    fixed !== undefined && !(typeof fixed === 'string' && short?.includes(fixed)) && `Always ${code(written(fixed))}`,
    fixed === undefined && pattern !== undefined && `Must hold ${code(written(pattern))}`,
    slices.length > 0 && `Slices: ${slices.join(', ')}`,
    ...(isUncoded(described) || fixed !== undefined ? [] : bindings.map((binding) => bindingLine(binding, knowledge))),
    ...lines,
    saidBy(described, knowledge),
  ];
  return paragraphs.filter(Boolean).join('\n\n');
}

export function saidBy({ sources }: Described, { registry }: Knowledge): string {
  return `From ${sources.map((source) => sourceLink(source, registry)).join(', ')}`;
}

/** Of a choice that is bound, forms such as valueBoolean hold no codes. */
function isUncoded({ types }: Described): boolean {
  return types.length === 1 && !CODED.has(types[0]!.code);
}

const CODED: ReadonlySet<string> = new Set([
  'code',
  'Coding',
  'CodeableConcept',
  'Quantity',
  'string',
  'uri',
  'Extension',
]);

const FEW = 8;

function bindingLine(binding: Binding, knowledge: Knowledge): string {
  const { strength, valueSet } = binding;
  const codes = codesOf([binding], knowledge);
  const listed = codes.slice(0, codes.length > FEW ? 5 : FEW).map(({ code: word, display }) => {
    return display === undefined || sameWords(display, word) ? code(word) : `${code(word)} ${prose(display)}`;
  });
  const { registry, terminology } = knowledge;
  if (valueSet === SNOMED_CT) return `Codes (${strength}): any of SNOMED CT`;
  const unlisted = [...(terminology.expand(valueSet)?.unlisted ?? [])].map((system) => systemName(system, registry));
  const more = [
    ...(codes.length > FEW ? [`${codes.length - 5} more`] : []),
    ...(unlisted.length > 0 ? [`codes of ${unlisted.join(', ')} that are not listed here`] : []),
  ];
  const all = [listed.join(' · '), more.join(' and ')].filter(Boolean).join(' and ');
  return `Codes (${strength}): ${link(valueSetName(valueSet, registry), valueSet)}${all === '' ? '' : `: ${all}`}`;
}

function systemName(system: string, registry: Registry): string {
  return system === SNOMED_CT ? 'SNOMED CT' : prose(registry.codeSystem(system)?.name ?? lastPart(system));
}

/** STU3's own canonical urls lead to another version's page, so its types are linked by page. */
function sourceLink({ title, url }: Source, registry: Registry): string {
  if (url === undefined) return prose(title);
  if (!url.startsWith(BASE)) return link(title, url);
  const type = lastPart(url);
  const page = registry.isResource(type) ? `${type.toLowerCase()}.html` : `datatypes.html#${type}`;
  return link(`${title} ${type}`, `http://hl7.org/fhir/STU3/${page}`);
}

/** Whether two texts differ only in case and punctuation. */
export function sameWords(a: string, b: string | undefined): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return b !== undefined && plain(a) === plain(b);
}

function startsAlike(text: string, start: string): boolean {
  return sameWords(text.slice(0, start.length), start);
}

const LONG = 350;

/** The first sentences of a long text. */
export function shortened(text: string): string {
  if (text.length <= LONG) return text;
  const end = text.lastIndexOf('. ', LONG);
  return end > 100 ? text.slice(0, end + 1) : `${text.slice(0, LONG - 1)}…`;
}

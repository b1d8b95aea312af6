// Value sets and code systems: their codes, one a row.
import type { Knowledge } from '../../knowledge';
import type { Concept, ValueSet, ValueSetPart } from '../definition';
import { lastPart, type Registry } from '../registry';
import type { Content, Row } from './page';

export function valueSetRows(url: string, { registry, terminology }: Knowledge): Content | undefined {
  const valueSet = registry.valueSet(url);
  if (!valueSet) return undefined;
  const { codes = new Map<string, Map<string, Concept>>() } = terminology.expand(url) ?? {};
  const listed = [...codes].flatMap(([system, concepts]) => [
    { text: '' },
    { text: `${system} (${counted(concepts.size)})` },
    ...conceptRows([...concepts.values()], system),
  ]);
  return {
    name: nameOf(valueSet),
    what: 'Value set: codes that may stand where it is asked for',
    facts: [
      ...valueSet.include.map((part): [string, string] => ['Holds', partWords(part)]),
      ...(valueSet.exclude ?? []).map((part): [string, string] => ['But not', partWords(part)]),
    ],
    rows: listed.length > 0 ? listed.slice(1) : [{ text: 'Its codes are not at hand, so they cannot be listed here.' }],
  };
}

export function codeSystemRows(url: string, registry: Registry): Content | undefined {
  const system = registry.codeSystem(url);
  if (!system) return undefined;
  const { name, version, complete, concepts } = system;
  return {
    name: name ?? lastPart(url),
    what: complete ? `Code system: ${counted(concepts.length)}` : 'Code system: its codes are not all at hand',
    facts: [['Version', version]],
    rows: conceptRows(concepts, url),
  };
}

function conceptRows(concepts: readonly Concept[], system: string): Row[] {
  const width = Math.min(40, Math.max(0, ...concepts.map(({ code }) => code.length)));
  return concepts.map(({ code, display, definition, parent }) => ({
    key: `${system}|${code}`,
    text: [
      `  ${code.padEnd(width)}`,
      [
        display,
        definition === display ? undefined : definition?.replace(/\s+/g, ' '),
        parent === undefined ? undefined : `under ${parent}`,
      ]
        .filter((part) => part !== undefined && part !== '')
        .join(' · '),
    ].join('  '),
  }));
}

function partWords({ system, concepts, filters, valueSets }: ValueSetPart): string {
  const of = system ?? '';
  const some = concepts ? `${counted(concepts.length)} of ${of}` : '';
  const asked = (filters ?? []).map(({ property, op, value }) => `${property} ${op} ${value}`).join(' and ');
  const also = (valueSets ?? []).join(' and ');
  return [some || (of && (asked ? `codes of ${of}` : `all codes of ${of}`)), asked && `with ${asked}`, also]
    .filter(Boolean)
    .join(' ');
}

function nameOf({ title, name, url }: ValueSet): string {
  return title ?? name ?? lastPart(url);
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'code' : 'codes'}`;
}

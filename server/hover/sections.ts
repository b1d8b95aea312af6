// A section of a document: what it is in the guide, how much it is wanted, what its table says.
import { isWithin, join } from '../../core/document/pointer';
import { documentOf, guideOf, type Section, textOf } from '../../core/itk3/document';
import { plainText, readRows, type Row } from '../../core/itk3/section-text';
import { isObject } from '../../core/json';
import type { UseCase, Versions } from '../../core/itk3/use-case';
import { code, prose } from './markdown';
import type { Spot } from './spot';

export function sectionAround({ pointer, message, knowledge }: Pick<Spot, 'pointer' | 'message' | 'knowledge'>) {
  const document = documentOf(message, knowledge);
  const section = document?.sections.find((one) => isWithin(pointer, one.pointer));
  return document && section && { section, useCase: document.useCase };
}

/** On the section itself, its title and its code. */
export function section(spot: Spot): string | undefined {
  const around = sectionAround(spot);
  if (!around) return undefined;
  const { section: one, useCase } = around;
  const { pointer } = spot;
  const isAbout =
    pointer === one.pointer ||
    [join(one.pointer, 'title'), join(one.pointer, 'code')].some((part) => isWithin(pointer, part));
  return isAbout && !pointer.endsWith('/system') ? inGuide(one, useCase) : undefined;
}

function inGuide({ use, form }: Section, useCase: UseCase): string {
  if (!use || !form) return `No section of ${prose(guideOf(useCase))} has this code`;
  const { conformance, rows, entry } = use;
  const older = form === use ? '' : ` · now **${prose(use.title)}** ${code(use.code.code)}`;
  return [
    `Section **${prose(form.title)}**, ${conformance} · ${prose(guideOf(useCase))}${versions(form)}${older}`,
    rows.length > 0 && rowsOf(rows),
    entry === null ? 'Text only: the guide has no entry for it' : `Its entry leads to: ${code(entry)}`,
    `From ${prose(form.source)}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

export function rowsOf(rows: readonly string[]): string {
  return `Rows: ${rows.map(prose).join(' · ')}`;
}

function versions({ since, until }: Versions): string {
  const words = [since && `since version ${since}`, until && `up to version ${until}`].filter(Boolean).join(' ');
  return words === '' ? '' : `, ${words}`;
}

const MOST_ROWS = 20;
const LONGEST = 200;

/** What a person reads in a narrative. */
export function narrative(spot: Spot): string | undefined {
  const { name, value, pointer, type } = spot;
  const div = type === 'Narrative' && isObject(value) ? value.div : name === 'div' ? value : undefined;
  if (typeof div !== 'string') return undefined;
  const one = sectionAround(spot)?.section;
  const text = one && textOf(one);
  const rows = text && isWithin(text.pointer, pointer) ? text.rows : readRows(div);
  return rows.length > 0 ? table(rows, one?.use?.rows ?? []) : prose(shortened(plainText(div))) || undefined;
}

function table(rows: readonly Row[], known: readonly string[]): string {
  const lines = rows
    .slice(0, MOST_ROWS)
    .map(({ label, cell }) => `| ${prose(shortened(written(label, known)))} | ${prose(shortened(cell.text))} |`);
  const more = rows.length - MOST_ROWS;
  return ['| | |', '| --- | --- |', ...lines, ...(more > 0 ? [`| … | ${more} more rows |`] : [])].join('\n');
}

/** Labels are read in lower case; the guide writes them as people do. */
function written(label: string, known: readonly string[]): string {
  return known.find((one) => one.toLowerCase() === label) ?? label.charAt(0).toUpperCase() + label.slice(1);
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

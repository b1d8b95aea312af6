// What the resources behind a section say, as tables and facts.
import type { Pointer } from '../document/pointer';
import { type Located, type Message, referenceIn } from '../itk3/message';
import { wholeOf } from '../itk3/references';
import { list, object } from '../json';
import { type Form, formOf } from './forms';
import type { Mark, Marks } from './marks';
import { followed, objects, type Reader, type Said } from './said';

export interface Shown extends Said {
  marks: Mark[];
}

export interface Fact extends Shown {
  label: string;
}

/** Resources of one type: several as the lines of a table, or one as facts below each other. */
export type Block =
  | { form: 'table'; caption: string; at: Pointer; columns: string[]; lines: Line[] }
  | { form: 'facts'; caption: string; at: Pointer; covers: Pointer[]; facts: Fact[]; marks: Mark[] }
  | { form: 'missing'; says: string; at: Pointer };

export interface Line {
  at: Pointer;
  /** What else it shows: resources that only stand in it. */
  covers: Pointer[];
  /** As many as there are columns. */
  cells: (Shown | undefined)[];
  /** Of the resource as a whole. */
  marks: Mark[];
}

/** More would only make the page slow. */
const MOST = 500;

/** The resources that the entries of a section lead to, those in a list one by one. */
export interface Led {
  resources: Located[];
  /** Also the lists. */
  all: Located[];
  missing: { reference: string; at: Pointer }[];
}

export function ledTo(entries: unknown, at: Pointer, from: Located, message: Message): Led {
  const led: Led = { resources: [], all: [], missing: [] };
  const seen = new Set<Located>();
  const take = (reference: unknown, where: Pointer, by: Located, inList: boolean): void => {
    const found = followed(reference, by, message);
    const told = referenceIn(reference);
    if (!found && told !== undefined) led.missing.push({ reference: told, at: where });
    if (!found || seen.has(found)) return;
    seen.add(found);
    led.all.push(found);
    if (found.type === 'List' && !inList)
      list(found.resource.entry).forEach((entry, i) =>
        take(object(entry).item, `${found.pointer}/entry/${i}/item`, found, true),
      );
    else led.resources.push(found);
  };
  list(entries).forEach((entry, i) => take(entry, `${at}/${i}`, from, false));
  return led;
}

export function blocksOf({ resources, missing }: Led, message: Message, marks: Marks): Block[] {
  const byType = new Map<string, Located[]>();
  for (const one of resources) {
    const alike = byType.get(one.type);
    if (alike) alike.push(one);
    else byType.set(one.type, [one]);
  }
  const blocks = [...byType].flatMap(([type, alike]) => {
    const form = formOf(type);
    return form.table ? [tableOf(form, alike.slice(0, MOST), message, marks)] : factsOf(form, alike, message, marks);
  });
  return [
    ...blocks,
    ...missing.slice(0, 5).map(({ reference, at }): Block => ({
      form: 'missing',
      says: `${reference.slice(0, 100)} is not in the document.`,
      at,
    })),
  ];
}

/** Columns that nobody says anything in are left out. */
export function tableOf(form: Form, resources: readonly Located[], message: Message, marks: Marks): Block {
  const read = Object.entries(form.columns).map(([label, reader]) => ({
    label,
    cells: resources.map((one) => shown(reader, one, message, marks)),
  }));
  const columns = read.filter(({ cells }) => cells.some((cell) => cell !== undefined));
  return {
    form: 'table',
    caption: form.caption,
    at: resources[0]!.pointer,
    columns: columns.map(({ label }) => label),
    lines: resources.map((one, i) => {
      const cells = columns.map(({ cells: column }) => column[i]);
      return { at: one.pointer, covers: coversOf(one, message), cells, marks: marks(one.pointer) };
    }),
  };
}

function factsOf(form: Form, resources: readonly Located[], message: Message, marks: Marks): Block[] {
  return resources.slice(0, 20).map((one) => {
    const facts = Object.entries(form.columns).flatMap(([label, reader]): Fact[] => {
      const fact = shown(reader, one, message, marks);
      return fact ? [{ label, ...fact }] : [];
    });
    const covers = coversOf(one, message);
    return { form: 'facts', caption: form.caption, at: one.pointer, covers, facts, marks: marks(one.pointer) };
  });
}

export function shown(reader: Reader, one: Located, message: Message, marks: Marks): Shown | undefined {
  const told = reader(one, message);
  return told && { ...told, marks: marks(told.at) };
}

/** The resource's entry, and the medicine that only it names. */
function coversOf(one: Located, message: Message): Pointer[] {
  const medication = followed(one.resource.medicationReference, one, message);
  const contained = objects(one.resource.contained).length > 0 ? [one.pointer] : [];
  return [wholeOf(one), ...contained, ...(medication ? [wholeOf(medication)] : [])];
}

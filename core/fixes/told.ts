// What the sections' texts say of people and places, as far as their rows have the labels of the guide.
import type { Pointer } from '../document/pointer';
import { documentOf, entryOf, type Section, textOf } from '../itk3/document';
import type { Located } from '../itk3/message';
import { labelled, type Row } from '../itk3/section-text';
import { daysIn } from '../itk3/times';
import type { Fact } from '../itk3/use-case';
import { isTenDigits } from '../nhs/nhs-number';
import { codesIn } from '../rules/practice-in-text';
import type { Fixing } from './fixing';

export interface Told {
  section: Section;
  /** The resource that the section leads to. */
  about: Located | undefined;
  row: Row;
  /** Of the XHTML, and the XHTML itself. */
  pointer: Pointer;
  div: string;
}

/** The rows that say a fact, in the order of the document. */
export function toldOf(fact: Fact, { message, knowledge }: Pick<Fixing, 'message' | 'knowledge'>): Told[] {
  const document = documentOf(message, knowledge);
  return (document?.sections ?? []).flatMap((section) => {
    const labels = section.use?.facts?.[fact];
    const text = labels && textOf(section);
    if (!document || !text) return [];
    const about = entryOf(message, document, section);
    return labelled(text.rows, labels).map((row) => ({ section, about, row, pointer: text.pointer, div: text.div }));
  });
}

/** The one value that every row says that says one; undefined where they differ. */
function agreed(told: readonly string[]): string | undefined {
  return new Set(told).size === 1 ? told[0] : undefined;
}

export function nhsNumberTold(fixing: Fixing): string | undefined {
  const numbers = toldOf('NHS number', fixing).map(({ row }) => row.cell.text.slice(0, 40).replace(/[\s-]/g, ''));
  return agreed(numbers.filter(isTenDigits));
}

/** As FHIR writes it. */
export function birthDateTold(fixing: Fixing): string | undefined {
  return agreed(toldOf('birth date', fixing).flatMap(({ row }) => daysIn(row.cell.text)));
}

export function genderTold(fixing: Fixing): string | undefined {
  const told = toldOf('gender', fixing).map(({ row }) => row.cell.text.toLowerCase());
  return agreed(told.filter((gender) => gender === 'male' || gender === 'female'));
}

/** The ODS code that the text gives an organisation. */
export function odsCodeTold(organisation: Located, fixing: Fixing): string | undefined {
  const rows = toldOf('ODS code', fixing).filter(({ about }) => about === organisation);
  return agreed(rows.flatMap(({ row }) => codesIn(row.cell.text.slice(0, 500))));
}

// Fixes of what is said of medicines and allergies: in the rows of a section, in the dispense, in references to them.
import { join, parentOf, valueAt } from '../document/pointer';
import type { Finding, Fix } from '../finding';
import { documentOf, type ItkDocument, textOf } from '../itk3/document';
import { type Located, type Message, referenceIn, resolve } from '../itk3/message';
import { type Item, type NamedItems, namedItems } from '../itk3/named-items';
import { listedName } from '../itk3/person-name';
import { labelled } from '../itk3/section-text';
import { numbersAndWords, supplyFacts } from '../itk3/supply-facts';
import type { Fact } from '../itk3/use-case';
import { rowAround, rowsByItem, writeLines } from '../itk3/write-section-text';
import { isObject, list, object, text } from '../json';
import { shortened } from '../validate/wording';
import { resourceAround } from '../validate/locate';
import { replaced, reworded, withoutRows } from './cells';
import type { FixMaker, Fixing } from './fixing';
import { either, supplyTaken } from './texts';
import { referralsTo, removing } from './wiring';

function itemsAt(
  { pointer }: Finding,
  { message, knowledge }: Fixing,
): { named: NamedItems; document: ItkDocument } | undefined {
  const document = documentOf(message, knowledge);
  const named = document && namedItems(message, document).find((n) => n.pointer === pointer);
  return document && named && { named, document };
}

/** Quantity, days or dose: the text and the dispense say other numbers. */
const supply: FixMaker = (finding, fixing) => {
  const found = itemsAt(finding, fixing);
  if (!found) return [];
  const { named, document } = found;
  const div = textOf(named.section)!.div;
  for (const { group, located } of named.items)
    for (const { fact, told } of group ? supplyFacts(located.resource, located.pointer, document.useCase) : []) {
      const row = labelled(group!.more, named.use.facts?.[fact]).find(
        (r) => r.cell.within.offset === finding.within?.offset,
      );
      const said = row && numbersAndWords(row.cell.text);
      const right = told.find((t) => numbersAndWords(t).words === said?.words);
      if (!row || right === undefined) continue;
      const taken = supplyTaken(fact, row.cell.text, located);
      const value = reworded(div, row.cell, right);
      return [
        either(`Write ${shortened(right)} in the text`, { kind: 'set', pointer: finding.pointer, value }),
        ...(taken ? [either(`Take ${shortened(row.cell.text)} from the text`, { kind: 'all', changes: taken })] : []),
      ];
    }
  return [];
};

/** A name in the text that no resource has, or a resource that the text does not name. */
const named: FixMaker = (finding, fixing) => {
  const found = itemsAt(finding, fixing);
  if (!found) return [];
  const { unnamed, strange, section } = found.named;
  const { div } = textOf(section)!;
  const set = (title: string, value: string): Fix => either(title, { kind: 'set', pointer: finding.pointer, value });
  const i = strange.findIndex(({ row }) => row.cell.within.offset === finding.within?.offset);
  const group = strange[i];
  if (!group) {
    const added = unnamed.slice(strange.length).filter((item) => finding.message.includes(shortened(nameOf(item))));
    return added.slice(0, 1).flatMap((item) => {
      const value = withItem(item, found.named, found.document, fixing.message);
      return value === undefined ? [] : [set(`Write ${shortened(nameOf(item))} in the text`, value)];
    });
  }
  const item = unnamed[i];
  const rest = withoutRows(div, [group.row, ...group.more]);
  const said = shortened(group.row.cell.text);
  return [
    ...(item ? [set(`Write ${shortened(nameOf(item))} in the text`, reworded(div, group.row.cell, nameOf(item)))] : []),
    // A table with nothing left in it would be no table.
    ...(!item && /<tr\b/.test(rest) ? [set(`Remove ${said} from the text`, rest)] : []),
  ];
};

function nameOf({ names }: Item): string {
  return names[0]!.text;
}

/** The XHTML with the rows of an item: the name above rows that lack one, or all of them behind the last row. */
function withItem(
  item: Item,
  { section, use, items }: NamedItems,
  document: ItkDocument,
  message: Message,
): string | undefined {
  const { div, rows } = textOf(section)!;
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return undefined;
  const written = rowsByItem(section, document, message).find(({ at }) => at === item.located)?.rows ?? [];
  const named = { label: use.items!.rows[0]!, text: nameOf(item) };
  const more = written.filter(({ label }) => label !== named.label);
  const headless =
    items.filter(({ group }) => !group).length === 1 && more.some((row) => labelled([first], [row.label]).length > 0);
  const xhtml = (headless ? [named] : [named, ...more]).map((row) => rowAround(row.label).join(writeLines(row.text)));
  const offset = headless ? first.whole.offset : last.whole.offset + last.whole.length;
  return replaced(div, { offset, length: 0 }, xhtml.join(''));
}

/** What the dispense lacks, where the rows of the text say it. */
const taken =
  (fact: Fact): FixMaker =>
  ({ pointer }, { message, knowledge }) => {
    const at = resourceAround(pointer, message);
    const document = documentOf(message, knowledge);
    if (at?.type !== 'MedicationDispense' || !document) return [];
    const name = fact === 'quantity' ? 'quantity' : 'dosageInstruction';
    if (pointer !== at.pointer && pointer !== join(at.pointer, name)) return [];
    for (const { items, use } of namedItems(message, document)) {
      const group = items.find(({ located }) => located === at)?.group;
      const [row] = labelled(group?.more ?? [], use.facts?.[fact]);
      const said = row?.cell.text ?? '';
      const changes = said === '' ? undefined : supplyTaken(fact, said, at);
      if (changes) return [either(`Take ${shortened(said)} from the text`, { kind: 'all', changes })];
    }
    return [];
  };

/** The display follows what the reference leads to, wherever it is the same; or the reference was meant for another. */
const display: FixMaker = ({ pointer }, { message }) => {
  const from = resourceAround(pointer, message);
  const at = parentOf(pointer);
  const reference = valueAt(message.root.resource, at);
  const url = referenceIn(reference);
  const target = from && url !== undefined ? resolve(message, from, url) : undefined;
  if (!target || !isObject(reference)) return [];
  const alike = referralsTo(target, message)
    .filter((referral) => object(valueAt(message.root.resource, referral.pointer)).display === reference.display)
    .map((referral) => join(referral.pointer, 'display'));
  const name = displayOf(target);
  return [
    ...(name === undefined
      ? []
      : [
          either(`Change the display to ${shortened(name)}`, {
            kind: 'all',
            changes: alike.map((spot) => ({ kind: 'set', pointer: spot, value: name })),
          }),
        ]),
    either('Remove the display', { kind: 'all', changes: removing(alike) }),
  ];
};

/** `TESTWELL, Marmaduke (Mr)`, or what a medicine's code is called. */
function displayOf({ type, resource }: Located): string | undefined {
  if (type !== 'Patient') {
    const code = object(resource.code);
    return text(object(list(code.coding)[0]).display) ?? text(code.text);
  }
  const name = list(resource.name).find((n) => isObject(n) && text(n.family) !== undefined);
  return isObject(name) ? listedName(name) : undefined;
}

export const SUPPLY_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'supply-in-text': [supply],
  'named-in-text': [named],
  'dispense-quantity': [taken('quantity')],
  'dose-directions': [taken('dose')],
  'reference-display': [display],
};

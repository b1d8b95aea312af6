import { join } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { namedItems } from '../itk3/named-items';
import { labelled, type Row } from '../itk3/section-text';
import type { Fact } from '../itk3/use-case';
import { isObject, list } from '../json';
import type { Rule } from './rule';

/** Only where the words around the numbers are the same, as only then it is sure that the same is meant. */
export const supplyInText: Rule = {
  id: 'supply-in-text',
  severity: 'warning',
  asks: 'Quantity, days and dose of a supply are the same in the text as in the dispense.',
  source: { title: 'ITK3 Message Distribution 2.10.0, FHIR-CC-03' },
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    for (const { use, pointer, items } of namedItems(message, document))
      for (const { group, located } of items) {
        const { quantity, daysSupply, dosageInstruction } = located.resource;
        const rows = (fact: Fact): Row[] => (group ? labelled(group.more, use.facts?.[fact]) : []);
        const compare = (fact: Fact, told: string | undefined, ...path: (string | number)[]): void => {
          for (const { cell } of told === undefined ? [] : rows(fact)) {
            const [text, resource] = [parts(cell.text), parts(told!)];
            if (text.words !== resource.words || text.numbers === resource.numbers) continue;
            say(
              pointer,
              `The text says ${text.numbers} where the dispense says ${resource.numbers}: ${fact} is the same in both.`,
              {
                within: cell.within,
                related: [{ pointer: join(located.pointer, ...path), message: told!.slice(0, 120) }],
              },
            );
          }
        };
        if (isObject(quantity)) compare('quantity', amount(quantity.value, quantity.unit), 'quantity', 'value');
        if (isObject(daysSupply))
          compare('days supply', amount(daysSupply.value, daysSupply.unit), 'daysSupply', 'value');
        const [dose, ...others] = list(dosageInstruction);
        if (others.length === 0 && isObject(dose) && typeof dose.text === 'string')
          compare('dose', dose.text, 'dosageInstruction', 0, 'text');
      }
  },
};

function amount(value: unknown, unit: unknown): string | undefined {
  return typeof value === 'number' && typeof unit === 'string' ? `${value} ${unit}` : undefined;
}

/** The numbers of a text and the words around them, one of many and many of one taken as the same. */
function parts(text: string): { numbers: string; words: string } {
  const short = text
    .slice(0, 500)
    .toLowerCase()
    .replace(/(\d),(?=\d{3}\b)/g, '$1');
  return {
    numbers: (short.match(/\d+(\.\d+)?/g) ?? []).map(Number).join(' and '),
    words: short
      .replace(/\d+(\.\d+)?/g, '#')
      .replace(/[^\p{L}#]+/gu, ' ')
      .replace(/s\b/g, '')
      .trim(),
  };
}

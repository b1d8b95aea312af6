import { join, type Pointer } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { namedItems } from '../itk3/named-items';
import { quantityText } from '../itk3/quantity';
import { labelled } from '../itk3/section-text';
import type { Fact, UseCase } from '../itk3/use-case';
import { isObject, type Json, list } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Only where the words around the numbers are the same, as only then it is sure that the same is meant. */
export const supplyInText: Rule = {
  id: 'supply-in-text',
  severity: 'warning',
  asks: 'Quantity, days and dose of a supply are the same in the text as in the dispense.',
  source: sourced('ITK3 Message Distribution 2.10.0, FHIR-CC-03'),
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    for (const { use, pointer, items } of namedItems(message, document))
      for (const { group, located } of items)
        for (const { fact, told, at } of group ? factsOf(located.resource, located.pointer, document.useCase) : [])
          for (const { cell } of labelled(group!.more, use.facts?.[fact])) {
            const text = parts(cell.text);
            const alike = told.map(parts).filter(({ words }) => words === text.words);
            const [other] = alike;
            if (!other || alike.some(({ numbers }) => numbers === text.numbers)) continue;
            say(
              pointer,
              `The text says ${text.numbers} where the dispense says ${other.numbers}: ${fact} is the same in both.`,
              {
                within: cell.within,
                related: [{ pointer: at, message: told[0]!.slice(0, 120) }],
              },
            );
          }
  },
};

/** What a dispense says in words and numbers, in each way in which it says it. */
function factsOf(dispense: Json, pointer: Pointer, useCase: UseCase): { fact: Fact; told: string[]; at: Pointer }[] {
  const { quantity, daysSupply, dosageInstruction } = dispense;
  const [dose, ...doses] = list(dosageInstruction);
  const asText = quantityText(quantity, useCase);
  const quantities = [...amount(quantity), ...(asText ? [asText.text] : [])];
  const text = doses.length === 0 && isObject(dose) && typeof dose.text === 'string' ? [dose.text] : [];
  return [
    { fact: 'quantity', told: quantities, at: join(pointer, 'quantity') },
    { fact: 'days supply', told: amount(daysSupply), at: join(pointer, 'daysSupply') },
    { fact: 'dose', told: text, at: join(pointer, 'dosageInstruction', 0, 'text') },
  ];
}

function amount(quantity: unknown): string[] {
  if (!isObject(quantity) || typeof quantity.value !== 'number' || typeof quantity.unit !== 'string') return [];
  // Of less than nothing another rule speaks.
  if (quantity.value <= 0) return [];
  return [`${quantity.value} ${quantity.unit}`];
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

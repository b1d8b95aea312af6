import { documentOf } from '../itk3/document';
import { namedItems } from '../itk3/named-items';
import { labelled } from '../itk3/section-text';
import { numbersAndWords, supplyFacts } from '../itk3/supply-facts';
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
        for (const { fact, told, at } of group ? supplyFacts(located.resource, located.pointer, document.useCase) : [])
          for (const { cell } of labelled(group!.more, use.facts?.[fact])) {
            const text = numbersAndWords(cell.text);
            const alike = told.map(numbersAndWords).filter(({ words }) => words === text.words);
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

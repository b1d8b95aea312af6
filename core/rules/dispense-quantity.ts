import { join } from '../document/pointer';
import { documentOf, inDocument } from '../itk3/document';
import type { UseCase } from '../itk3/use-case';
import { isObject, type Json, list } from '../json';
import type { Rule } from './rule';

export const dispenseQuantity: Rule = {
  id: 'dispense-quantity',
  severity: 'warning',
  asks: 'A dispense says how much was supplied, and as text says the same: a number and a unit in the singular.',
  source: { title: 'Digital Medicines 1.2.9, medication dispense list' },
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document?.useCase.dispense) return;
    for (const { resource, pointer } of inDocument(message, document, 'MedicationDispense')) {
      const at = join(pointer, 'quantity');
      const { quantity } = resource;
      const told = isObject(quantity) ? quantityText(quantity, document.useCase) : undefined;
      if (quantity === undefined || (isObject(quantity) && quantity.value === undefined && !told)) {
        const text =
          'The quantity is missing: the guide asks how much was supplied, as a number and a unit or as text.';
        say(quantity === undefined ? pointer : at, text, { part: 'key' });
      }
      if (!isObject(quantity)) continue;
      if (typeof quantity.value === 'number' && quantity.value <= 0)
        say(join(at, 'value'), 'A quantity that was supplied is more than nothing.');
      if (!told) continue;
      const [, number, unit] = /^(\d+(?:\.\d+)?) +(\S.*)$/.exec(told.text.trim().slice(0, 200)) ?? [];
      const text = join(at, 'extension', told.index, 'valueString');
      const related = [{ pointer: at, message: 'The quantity' }];
      if (number === undefined || unit === undefined)
        say(text, 'The quantity as text is a number, a space and a unit in the singular, such as "14 tablet".');
      else if (typeof quantity.value === 'number' && Number(number) !== quantity.value)
        say(text, `The text says ${number}, but the value is ${quantity.value}.`, { related });
      else if (typeof quantity.unit === 'string' && unit.toLowerCase() === `${quantity.unit.toLowerCase()}s`) {
        const right = `${number} ${quantity.unit}`;
        const fixes = [{ kind: 'set' as const, title: `Change to ${right}`, pointer: text, value: right }];
        say(text, `The unit stands in the singular: ${right}.`, { severity: 'information', fixes });
      }
    }
  },
};

/** The quantity as the pharmacist wrote it. */
function quantityText(quantity: Json, { dispense }: UseCase): { text: string; index: number } | undefined {
  const index = list(quantity.extension).findIndex((e) => isObject(e) && e.url === dispense?.quantityText);
  const extension = list(quantity.extension)[index];
  return isObject(extension) && typeof extension.valueString === 'string'
    ? { text: extension.valueString, index }
    : undefined;
}

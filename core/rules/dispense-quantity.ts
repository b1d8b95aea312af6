import { join, type Pointer } from '../document/pointer';
import { documentOf, inDocument } from '../itk3/document';
import { quantityText } from '../itk3/quantity';
import { isObject, type Json } from '../json';
import type { Rule, Say } from './rule';
import { sourced } from './sourced';

export const dispenseQuantity: Rule = {
  id: 'dispense-quantity',
  severity: 'warning',
  asks: 'A dispense says how much was supplied; as text it says the same, with a number and a unit in the singular.',
  source: sourced('Digital Medicines 1.2.9, medication dispense list'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document?.useCase.dispense) return;
    for (const { resource, pointer } of inDocument(message, document, 'MedicationDispense')) {
      const at = join(pointer, 'quantity');
      const { quantity } = resource;
      const told = quantityText(quantity, document.useCase);
      if (quantity === undefined || (isObject(quantity) && quantity.value === undefined && !told)) {
        const text =
          'The quantity is missing: the guide asks how much was supplied, as a number and a unit or as text.';
        say(quantity === undefined ? pointer : at, text, { part: 'key' });
      } else if (isObject(quantity) && typeof quantity.value === 'number' && quantity.value <= 0)
        say(join(at, 'value'), 'A quantity that was supplied is more than nothing.');
      else if (isObject(quantity) && told) judgeText(quantity, told.text, join(at, ...told.path), at, say);
    }
  },
};

function judgeText({ value, unit }: Json, text: string, pointer: Pointer, quantity: Pointer, say: Say): void {
  const [, number, words] = /^(\d+(?:\.\d+)?) +(\S.*)$/.exec(text.slice(0, 200).trim()) ?? [];
  if (number === undefined || words === undefined)
    say(pointer, 'The quantity as text is a number, a space and a unit in the singular, such as "14 tablet".', {
      fixes:
        typeof value === 'number' && typeof unit === 'string' && /[\p{L}]/u.test(unit)
          ? [{ title: `Change to ${value} ${unit}`, sure: false, kind: 'set', pointer, value: `${value} ${unit}` }]
          : [],
    });
  else if (typeof value === 'number' && Number(number) !== value)
    say(pointer, `The text says ${number}, but the value is ${value}: both are the same number.`, {
      related: [{ pointer: join(quantity, 'value'), message: 'The value' }],
      fixes: [
        { kind: 'set', title: `Change the text to ${value} ${words}`, pointer, value: `${value} ${words}` },
        {
          kind: 'set',
          title: `Change the value to ${number}`,
          pointer: join(quantity, 'value'),
          value: Number(number),
        },
      ],
    });
  else if (typeof unit === 'string' && words.toLowerCase() === `${unit.toLowerCase()}s`) {
    const right = `${number} ${unit}`;
    const fixes = [{ kind: 'set' as const, title: `Change to ${right}`, pointer, value: right }];
    say(pointer, `The unit stands in the singular: ${right}.`, { severity: 'information', fixes });
  }
}

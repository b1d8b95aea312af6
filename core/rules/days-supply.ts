import { join } from '../document/pointer';
import { documentOf, inDocument } from '../itk3/document';
import { asText, isObject } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Whether it must be there, the sources do not agree on; how it is written, they do. */
export const daysSupply: Rule = {
  id: 'days-supply',
  severity: 'warning',
  asks: 'The daysSupply of a dispense is more than zero, with the unit and code for days.',
  source: sourced('Digital Medicines 1.2.3 to 1.2.9, medication dispense list'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    const right = document?.useCase.dispense?.daysSupply;
    if (!document || !right) return;
    for (const { resource, pointer } of inDocument(message, document, 'MedicationDispense')) {
      const days = resource.daysSupply;
      if (!isObject(days)) continue;
      const at = join(pointer, 'daysSupply');
      if (typeof days.value === 'number' && days.value <= 0)
        say(join(at, 'value'), 'A supply lasts longer than no day.');
      if (days.value === undefined) say(at, 'How many days the supply lasts is missing: value.', { part: 'key' });
      const wrong = (['code', 'unit', 'system'] as const).filter((key) => days[key] !== right[key]);
      const [first] = wrong;
      if (first === undefined) continue;
      const there = days[first] !== undefined;
      const meansDays = wrong.length === 1 || /^(d|days?)$/i.test(asText(days.code ?? days.unit));
      say(
        there ? join(at, first) : at,
        `The days of a supply have unit ${right.unit}, system ${right.system} and code ${right.code}.`,
        {
          part: there ? 'value' : 'key',
          ...(meansDays && {
            fixes: [{ kind: 'set', title: 'Write it in days', pointer: at, value: { ...days, ...right } }],
          }),
        },
      );
    }
  },
};

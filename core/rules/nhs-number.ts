import { join, type Pointer } from '../document/pointer';
import type { Finding } from '../finding';
import { identifiersOf } from '../itk3/identifiers';
import { isNhsNumber, isTenDigits, NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import type { Rule } from './rule';

/** The guide's own example fails the check digit, so that is a warning and only a wrong form is an error. */
export const nhsNumber: Rule = {
  id: 'nhs-number',
  severity: 'warning',
  asks: 'An NHS number has ten digits, the last of which is its check digit.',
  source: {
    title: 'NHS Data Dictionary, NHS NUMBER',
    url: 'https://www.datadictionary.nhs.uk/attributes/nhs_number.html',
  },
  check({ message }, say) {
    for (const located of message.resources)
      for (const { identifier, pointer } of identifiersOf(located, [NHS_NUMBER_SYSTEM])) {
        const at = join(pointer, 'value');
        if (typeof identifier.value !== 'string') continue;
        if (!isTenDigits(identifier.value))
          say(at, 'An NHS number is ten digits, without spaces.', {
            severity: 'error',
            ...fixOf(identifier.value, at),
          });
        else if (/^(\d)\1{9}$/.test(identifier.value))
          say(at, 'Ten times the same digit is the NHS number of nobody, although its check digit is right.');
        else if (!isNhsNumber(identifier.value))
          say(
            at,
            'The check digit of this NHS number is wrong, so no person has it: a digit is mistyped or it was made up.',
          );
      }
  },
};

/** People write spaces or hyphens into the number, in groups of three, three and four. */
function fixOf(value: string, pointer: Pointer): Partial<Finding> {
  const digits = value.slice(0, 40).replace(/[\s-]/g, '');
  if (!isTenDigits(digits)) return {};
  return { fixes: [{ kind: 'set', title: `Change to ${digits}`, pointer, value: digits }] };
}

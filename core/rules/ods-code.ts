import { join } from '../document/pointer';
import { identifiersOf } from '../itk3/identifiers';
import { isOdsCode, ODS_SYSTEMS } from '../nhs/ods-code';
import type { Rule } from './rule';

export const odsCode: Rule = {
  id: 'ods-code',
  severity: 'warning',
  asks: 'An ODS code is three to nine capital letters and digits.',
  source: { title: 'NHS Data Dictionary, ORGANISATION CODE', url: 'https://www.datadictionary.nhs.uk' },
  check({ message }, say) {
    for (const located of message.resources)
      for (const { identifier, pointer } of identifiersOf(located, ODS_SYSTEMS)) {
        const { value } = identifier;
        // Nothing, or spaces alone, is told by the stage of shape.
        if (typeof value !== 'string' || value.trim() === '' || isOdsCode(value)) continue;
        const at = join(pointer, 'value');
        const tidy = value
          .slice(0, 40)
          .replace(/[\s.-]/g, '')
          .toUpperCase();
        say(at, 'The form of an ODS code is three to nine capital letters and digits, without spaces.', {
          fixes: isOdsCode(tidy) ? [{ kind: 'set', title: `Change to ${tidy}`, pointer: at, value: tidy }] : [],
        });
      }
  },
};

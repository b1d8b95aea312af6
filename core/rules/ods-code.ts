import { join } from '../document/pointer';
import { headerOf } from '../itk3/message';
import { isObject, list } from '../json';
import { isOdsCode, ODS_SYSTEMS } from '../nhs/ods-code';
import type { Rule } from './rule';

/** The organisations beside the header are judged with the header. */
export const odsCode: Rule = {
  id: 'ods-code',
  severity: 'warning',
  asks: 'ODS codes are three to nine capital letters and digits.',
  source: { title: 'NHS Data Dictionary, ORGANISATION CODE', url: 'https://www.datadictionary.nhs.uk' },
  check({ message }, say) {
    const envelope = headerOf(message)?.bundle;
    for (const { resource, bundle, pointer } of message.resources) {
      if (envelope && bundle === envelope) continue;
      for (const [i, identifier] of list(resource.identifier).entries()) {
        if (!isObject(identifier) || !ODS_SYSTEMS.some((system) => system === identifier.system)) continue;
        const { value } = identifier;
        if (typeof value !== 'string' || value === '' || isOdsCode(value)) continue;
        const at = join(pointer, 'identifier', i, 'value');
        const tidy = value
          .slice(0, 40)
          .replace(/[\s.-]/g, '')
          .toUpperCase();
        say(at, 'The form of an ODS code is three to nine capital letters and digits, without spaces.', {
          ...(isOdsCode(tidy) && { fixes: [{ kind: 'set', title: `Change to ${tidy}`, pointer: at, value: tidy }] }),
        });
      }
    }
  },
};

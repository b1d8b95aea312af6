import { join } from '../document/pointer';
import { entriesOf } from '../itk3/message';
import { readAnnounced } from '../itk3/message-kind';
import { isObject, list } from '../json';
import { isOdsCode, ODS_SYSTEMS } from '../nhs/ods-code';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const headerOdsCode: Rule = {
  id: 'header-ods-code',
  severity: 'warning',
  asks: 'The ODS codes of the organisations beside the header have the form of one.',
  source: sourced('CareConnect-ITK-Header-Organization-1 1.2.0; ODS codes'),
  check({ message, knowledge }, say) {
    if (!readAnnounced(message, knowledge)) return;
    for (const { type, resource, pointer } of entriesOf(message, message.root)) {
      if (type !== 'Organization') continue;
      for (const [i, identifier] of list(resource.identifier).entries()) {
        if (!isObject(identifier) || !ODS_SYSTEMS.some((system) => system === identifier.system)) continue;
        const { value } = identifier;
        // Spaces alone are told by the stage of shape.
        if (typeof value !== 'string' || value.trim() === '' || isOdsCode(value)) continue;
        const at = join(pointer, 'identifier', i, 'value');
        const right = value
          .slice(0, 40)
          .replace(/[\s.-]/g, '')
          .toUpperCase();
        say(at, 'The form of an ODS code is three to nine capital letters and digits, without spaces.', {
          fixes: isOdsCode(right) ? [{ kind: 'set', title: `Change to "${right}"`, pointer: at, value: right }] : [],
        });
      }
    }
  },
};

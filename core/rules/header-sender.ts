import { join } from '../document/pointer';
import { identifiersOf } from '../itk3/identifiers';
import { referenceIn, resolve } from '../itk3/message';
import { readAnnounced } from '../itk3/message-kind';
import type { Advice } from '../itk3/use-case';
import { isObject, list } from '../json';
import { nearest } from '../nearest';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** That sender leads to a header organisation or practitioner is the profile's business. */
export const headerSender: Rule = {
  id: 'header-sender',
  severity: 'error',
  asks: 'The sender is an organisation with an ODS code, where the guide asks for that.',
  source: sourced('ITK3 Message Distribution 2.10.0, message header'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced) return;
    const { header, kind } = announced;
    const reference = referenceIn(header.resource.sender);
    const target = reference === undefined ? undefined : resolve(message, header, reference);
    const more = ({ severity, source }: Advice) => ({ severity, source: sourced(source) });
    const { senderOrganisation, senderOdsCode } = kind?.header ?? {};
    if (target?.type === 'Practitioner' && senderOrganisation)
      say(join(header.pointer, 'sender', 'reference'), senderOrganisation.says, more(senderOrganisation));
    if (target?.type !== 'Organization') return;
    const { odsSystem } = knowledge.envelope;
    if (!senderOdsCode || identifiersOf(target, [odsSystem]).length > 0) return;
    const near = list(target.resource.identifier).findIndex(
      (i) => isObject(i) && typeof i.system === 'string' && nearest(i.system, [odsSystem]),
    );
    const at = join(target.pointer, 'identifier', near, 'system');
    if (near < 0) say(target.pointer, senderOdsCode.says, { ...more(senderOdsCode), part: 'key' });
    else
      say(at, `This is nearly ${odsSystem}, the system of the ODS code that the sending organisation needs.`, {
        ...more(senderOdsCode),
        fixes: [{ kind: 'set', title: `Change to ${odsSystem}`, pointer: at, value: odsSystem }],
      });
  },
};

import { withoutVersion } from '../definitions/registry';
import { join } from '../document/pointer';
import type { Finding } from '../finding';
import { referenceIn } from '../itk3/message';
import { type Announced, currentDefinition, isResponse, nameOf, readAnnounced, slipIn } from '../itk3/message-kind';
import type { EventUse } from '../itk3/use-case';
import type { Knowledge } from '../knowledge';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const messageDefinition: Rule = {
  id: 'message-definition',
  severity: 'error',
  asks: 'The handling extension names the MessageDefinition of the event.',
  source: sourced('ITK3 Message Distribution 2.10.0, message events and message definitions'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    const key = announced?.keys.find(({ url }) => url === 'MessageDefinition');
    const url = referenceIn(key?.value);
    // Where a reference without a scheme leads is asked by the stage of references.
    if (!announced?.kind || key?.name === undefined || url === undefined || !/^https?:/.test(url)) return;
    const { kind, definition } = announced;
    const wrong = judge(withoutVersion(url), kind, announced, knowledge);
    if (!wrong) return;
    const pointer = join(key.pointer, key.name, 'reference');
    const right =
      kind.messageDefinition ?? (definition === kind ? currentDefinition(url, knowledge.envelope) : undefined);
    const fixes: Finding['fixes'] =
      right === undefined ? [] : [{ kind: 'set', title: `Change to ${right}`, pointer, value: right }];
    say(pointer, `${wrong.message}${right === undefined ? '' : `; use ${right}`}.`, { ...wrong.more, fixes });
  },
};

interface Wrong {
  message: string;
  more?: Partial<Finding>;
}

function judge(url: string, kind: EventUse, announced: Announced, knowledge: Knowledge): Wrong | undefined {
  const { retiredDefinition, payloadDefinition } = knowledge.envelope;
  const { definition } = announced;
  const current = currentDefinition(url, knowledge.envelope);
  const of = nameOf(kind, knowledge);
  if (current === payloadDefinition.url)
    return { message: payloadDefinition.says, more: { source: sourced(payloadDefinition.source) } };
  const slip = slipIn(kind, 'messageDefinition', current);
  if (slip)
    return {
      message: `This is not the definition of ${of}: ${slip.says}`,
      more: { severity: 'warning', source: sourced(slip.source) },
    };
  if (definition && definition !== kind)
    return { message: `This is the definition of ${nameOf(definition, knowledge)}, not of ${of}` };
  if (!definition && kind.messageDefinition !== undefined) return { message: `This is not the definition of ${of}` };
  if (current === url) return undefined;
  // Published samples of acknowledgements have the retired form, so there it is only worth knowing.
  const severity = isResponse(announced, knowledge) ? 'information' : 'warning';
  return { message: retiredDefinition.says, more: { severity, source: sourced(retiredDefinition.source) } };
}

import { join } from '../document/pointer';
import { nameOf, readAnnounced, slipIn } from '../itk3/message-kind';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Where MessageDefinition and document agree, it is the event that is wrong. */
export const messageEvent: Rule = {
  id: 'message-event',
  severity: 'error',
  asks: 'The event is that of the MessageDefinition and of the document.',
  source: sourced('ITK3 Message Distribution 2.10.0, message events'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced?.kind || !announced.event || announced.event === announced.kind) return;
    const { header, event, kind } = announced;
    const slip = slipIn(kind, 'event', event.event);
    const pointer = join(header.pointer, 'event', 'code');
    const display = knowledge.registry
      .codeSystem(knowledge.envelope.eventSystem)
      ?.concepts.find(({ code }) => code === kind.event)?.display;
    const value = { system: knowledge.envelope.eventSystem, code: kind.event, display };
    say(
      pointer,
      `The event is ${nameOf(event, knowledge)}, but MessageDefinition and content are of ${nameOf(kind, knowledge)}${slip ? `: ${slip.says}` : ''}.`,
      {
        ...(slip && { severity: 'warning', source: sourced(slip.source) }),
        fixes: [
          { kind: 'set', title: `Change the event to ${kind.event}`, pointer: join(header.pointer, 'event'), value },
        ],
      },
    );
  },
};

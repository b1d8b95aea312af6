import { readAnnounced, isResponse, nameOf, slipIn } from '../itk3/message-kind';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Where event and MessageDefinition agree, or nothing outvotes the event, it is the document that is wrong. */
export const compositionProfile: Rule = {
  id: 'composition-profile',
  severity: 'error',
  asks: 'The Composition claims no profile of another kind of message.',
  source: sourced('ITK3 Message Distribution 2.10.0, message definitions'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || isResponse(announced, knowledge)) return;
    const { kind, content, claim } = announced;
    if (!kind || !content || claim === undefined || content === kind) return;
    const slip = slipIn(kind, 'composition', content.composition ?? '');
    const right = kind.composition;
    const why = slip ? `: ${slip.says}` : '';
    const instead = right === undefined ? '' : `; use ${right}`;
    say(
      claim,
      `This is the profile of ${nameOf(content, knowledge)}, but the header announces ${nameOf(kind, knowledge)}${why}${instead}.`,
      {
        ...(slip && { severity: 'warning', source: sourced(slip.source) }),
        // Only where the guide itself misprints it is it sure that not the header is wrong.
        fixes:
          right === undefined
            ? []
            : [{ kind: 'set', title: `Change to ${right}`, sure: slip !== undefined, pointer: claim, value: right }],
      },
    );
  },
};

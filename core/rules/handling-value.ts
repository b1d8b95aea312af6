import { join } from '../document/pointer';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import { issuesOf, layerOf, outcomeOf } from '../itk3/outcome';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Which values a kind of message asks for stands in its data; those of acknowledgements in the envelope's. */
export const handlingValue: Rule = {
  id: 'handling-value',
  severity: 'error',
  asks: 'The keys of the handling extension have the values that the kind of message asks for.',
  source: sourced('ITK3 Message Distribution 2.10.0, handling specification, and the guide of the message'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced) return;
    const isAnswer = isResponse(announced, knowledge);
    const code = isAnswer ? issuesOf(outcomeOf(message))[0]?.code : undefined;
    const layer = code === undefined ? undefined : layerOf(code);
    const asked = isAnswer ? knowledge.envelope.response.handling : (announced.kind?.header?.handling ?? []);
    for (const { key, value, layer: only, severity = 'error', says, source } of asked) {
      const found = announced.keys.find(({ url }) => url === key);
      if (!found || found.value === value || (only !== undefined && only !== layer)) continue;
      // What is missing, empty, or no boolean where there must be one, the stages before have told.
      const isOfType = typeof found.value === typeof value;
      if (found.name === undefined || found.value === '' || (!isOfType && typeof value === 'boolean')) continue;
      const pointer = join(found.pointer, found.name);
      const right = isOfType ? JSON.stringify(value) : `valueString ${JSON.stringify(value)}`;
      const instead = { url: key, [`value${typeof value === 'string' ? 'String' : 'Boolean'}`]: value };
      say(pointer, `${key} ${severity === 'error' ? 'must' : 'should'} be ${right} here: ${says}.`, {
        severity,
        source: sourced(source),
        part: isOfType ? 'value' : 'key',
        fixes: [
          {
            title: `Change to ${right}`,
            // Of less than errors the sources do not agree.
            sure: severity === 'error',
            kind: 'set',
            ...(isOfType ? { pointer, value } : { pointer: found.pointer, value: instead }),
          },
        ],
      });
    }
  },
};

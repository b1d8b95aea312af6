// A key of the handling extension that is missing is added with the value that the kind of message asks for.
import { parentOf } from '../document/pointer';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import type { Json } from '../json';
import { senderReferences } from './envelope';
import type { FixMaker, Fixing } from './fixing';
import { addMissing } from './required';

export const missingKey: FixMaker = (finding, fixing) => {
  const { slice, pointer } = finding;
  const announced = readAnnounced(fixing.message, fixing.knowledge);
  const isOfHandling = announced?.keys.some((key) => parentOf(key.pointer) === pointer);
  const asked = slice !== undefined && isOfHandling ? askedOf(slice, fixing) : undefined;
  if (!asked) return [];
  return addMissing(finding, fixing).flatMap((fix) =>
    fix.kind === 'insert'
      ? [{ ...fix, title: `Add extension "${slice!}"`, sure: asked.sure, value: { url: slice, ...asked.value } }]
      : [],
  );
};

/** The value of a key, and whether it could be no other. */
function askedOf(key: string, fixing: Fixing): { value: Json; sure: boolean } | undefined {
  const { message, knowledge } = fixing;
  const announced = readAnnounced(message, knowledge);
  if (!announced?.kind) return undefined;
  const { envelope } = knowledge;
  const isAnswer = isResponse(announced, knowledge);
  const rules = isAnswer ? envelope.response.handling : (announced.kind.header?.handling ?? []);
  const rule = rules.find((r) => r.key === key);
  if (rule) {
    const name = typeof rule.value === 'string' ? 'valueString' : 'valueBoolean';
    return { value: { [name]: rule.value }, sure: rule.severity === undefined || rule.severity === 'error' };
  }
  if (key === 'MessageDefinition' && announced.kind.messageDefinition !== undefined)
    return { value: { valueReference: { reference: announced.kind.messageDefinition } }, sure: true };
  const [reference] = key === 'SenderReference' && !isAnswer ? senderReferences(fixing) : [];
  return reference && { value: { valueString: reference.value }, sure: false };
}

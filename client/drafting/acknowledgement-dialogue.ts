// Which answer to the message in front is wanted. Pure: how it is shown is someone else's business (ask.ts).
import { type Message, headerOf, readMessage } from '../../core/itk3/message';
import { isResponse, readAnnounced } from '../../core/itk3/message-kind';
import type { Answer as Reply } from '../../core/itk3/reply';
import type { ResponseCode } from '../../core/itk3/response-codes';
import type { Knowledge } from '../../core/knowledge';
import { type Ask, BACK, type Item } from '../dialogue';

/** Undefined when the value is no ITK3 message, or an answer itself. */
export function answerableIn(value: unknown, knowledge: Knowledge): Message | undefined {
  const message = readMessage(value);
  if (!message || !headerOf(message)) return undefined;
  const announced = readAnnounced(message, knowledge);
  return announced && !isResponse(announced, knowledge) ? message : undefined;
}

/** Undefined when the person gives up. */
export async function orderAnswer(ask: Ask, knowledge: Knowledge): Promise<Reply | undefined> {
  const items = answersOf(knowledge);
  const [likeliest] = items;
  if (!likeliest) return undefined;
  const question = { step: 1, steps: 1, placeholder: 'With which response code?' };
  const code = await ask.one(question, items, likeliest.value);
  return code === undefined || code === BACK ? undefined : { code };
}

/** Good news first, then as the code system has them. */
function answersOf({ responseCodes, registry, envelope }: Knowledge): Item<string>[] {
  const concepts = new Map(registry.codeSystem(envelope.responseCodes)?.concepts.map((c) => [c.code, c]));
  const tell = ({ code, layer, outcome }: ResponseCode): Item<string> => ({
    label: `${code} ${concepts.get(code)?.display ?? ''}`.trim(),
    description: `${layer}, ${outcome}`,
    value: code,
  });
  const good = (code: ResponseCode): boolean => code.outcome === 'positive';
  return [...responseCodes.filter(good), ...responseCodes.filter((code) => !good(code))].map(tell);
}

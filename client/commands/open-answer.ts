// Opens an answer to a sent message, or the report that it was not delivered.
import { isObject } from '../../core/json';
import { tellLookFailed } from '../following/look';
import { placeOf, sentMeant } from '../following/sent-meant';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** @param argument a step of the view Sent, or `{ sent, answer }`: the id of the attempt, and MESH's of the answer; without that, the last one */
export async function openAnswer(toolkit: Toolkit, argument?: unknown): Promise<void> {
  const exchange = sentMeant(toolkit, argument);
  if (!exchange) return;
  const known = [
    ...exchange.answers.map(({ meshId }) => meshId),
    ...(exchange.report === undefined ? [] : [exchange.report]),
  ];
  const wanted = answerMeant(argument) ?? known.at(-1);
  const meshId = known.find((id) => id === wanted);
  const { document, from } = exchange.attempt;
  if (meshId === undefined) {
    tell('information', `${document.name} has no such response.`);
    return;
  }
  const place = placeOf(toolkit, exchange);
  if (!place) {
    const why =
      exchange.attempt.place === 'sandbox'
        ? 'It went with the sandbox, which has stopped.'
        : `Mailbox ${from.name} is not configured here any more.`;
    tell('warning', `The response to ${document.name} cannot be read. ${why}`);
    return;
  }
  try {
    const whole = await toolkit.inboxes.whole(place, meshId);
    if (whole) await toolkit.responses.open(whole);
  } catch (error) {
    tellLookFailed(toolkit, place, error, () => openAnswer(toolkit, argument));
  }
}

function answerMeant(argument: unknown): string | undefined {
  if (!isObject(argument)) return undefined;
  const { answer, step } = argument;
  if (typeof answer === 'string') return answer;
  return isObject(step) && typeof step.answer === 'string' ? step.answer : undefined;
}

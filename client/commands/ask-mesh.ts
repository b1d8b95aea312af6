// Asks MESH where a sent message is, or whether it arrived at all. Nothing is sent.
import { MeshError, sentenceOf } from '../../mesh/errors';
import { askWhereItIs } from '../../exchange/ask-mesh';
import { placeOf, sentMeant } from '../following/sent-meant';
import { withProgress } from '../progress';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param argument an element of the view Sent, or `{ sent }` with the id of the attempt
 * @returns what MESH says, as a sentence
 */
export async function askMesh(toolkit: Toolkit, argument?: unknown): Promise<string | undefined> {
  const exchange = sentMeant(toolkit, argument);
  if (!exchange) return undefined;
  const { document, from } = exchange.attempt;
  const place = placeOf(toolkit, exchange);
  if (!place) {
    const why =
      exchange.attempt.place === 'sandbox'
        ? 'The sandbox it was sent with does not run'
        : `Mailbox ${from.name} is not configured here any more`;
    tell('warning', `${why}, so nobody can be asked about ${document.name}.`);
    return undefined;
  }
  try {
    const client = await toolkit.connections.connect(place);
    if (!client) return undefined;
    const says = await withProgress(`Asking MESH about ${document.name}`, place, (signal) =>
      askWhereItIs(toolkit.journal, client, exchange, signal),
    );
    tell('information', `${document.name}: ${says}`);
    return says;
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    if (error.kind !== 'cancelled') tell('error', sentenceOf(error));
    return undefined;
  }
}

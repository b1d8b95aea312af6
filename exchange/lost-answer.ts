// A send whose outcome is not known: MESH itself is asked before anybody sends again. Pure: no editor.
import type { Arrival } from '../mesh/client';
import { MeshError } from '../mesh/errors';

/** What became of the message, and what a person is told. */
export type Became = { sentence: string } & (
  | { outcome: 'arrived'; meshId: string }
  /** MESH knows of no such message: it may be sent again, and only a person does that. */
  | { outcome: 'not there' }
  | { outcome: 'unclear' }
);

/**
 * @param error why the outcome is not known, as a sentence
 * @param ask asks MESH
 */
export async function whatBecame(error: Pick<MeshError, 'message'>, ask: () => Promise<Arrival>): Promise<Became> {
  try {
    const arrival = await ask();
    if (arrival.arrived === undefined)
      return { outcome: 'unclear', sentence: `${error.message} MESH was asked and cannot tell: ${small(arrival.why)}` };
    if (!arrival.arrived)
      return {
        outcome: 'not there',
        sentence: `${error.message} MESH was asked: it does not have it, so it may be sent again.`,
      };
    const { messageId: meshId } = arrival;
    return { outcome: 'arrived', meshId, sentence: `MESH’s answer was lost, but MESH has it as ${meshId}.` };
  } catch (failure) {
    if (!(failure instanceof MeshError)) throw failure;
    return { outcome: 'unclear', sentence: `${error.message} MESH could not be asked for it: ${failure.message}` };
  }
}

function small(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

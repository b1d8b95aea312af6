// What is told of answers that came by themselves: one sentence, however many there are. Pure.
import { plural } from './outgoing';
import { oneLine } from './received';
import type { Exchange } from './timeline';

export interface News {
  kind: 'information' | 'warning';
  sentence: string;
}

const WORDS = { accepted: 'accepted', rejected: 'rejected', undelivered: 'not delivered', unclear: 'unclear' } as const;

/** @param exchanges about which something came, as they stand now; each once */
export function newsOf(exchanges: readonly Exchange[]): News {
  const isBad = exchanges.some(({ state }) => ['rejected', 'undelivered', 'unclear'].includes(state));
  const kind = isBad ? 'warning' : 'information';
  const [only, ...others] = exchanges;
  if (only && others.length === 0)
    return { kind, sentence: `${oneLine(only.attempt.document.name)}: ${only.headline}.` };
  const told = Object.entries(WORDS).flatMap(([state, word]) => {
    const count = exchanges.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const rest = exchanges.filter(({ state }) => !Object.hasOwn(WORDS, state)).length;
  if (rest > 0) told.push(`${rest} waiting for more`);
  return { kind, sentence: `Answers to ${plural(exchanges.length, 'message')}: ${told.join(', ')}.` };
}

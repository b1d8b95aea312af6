// Messages as they may come: valid, mutated by what they are made of, as JSON or as XML, and then perhaps by letters too.
import { writeXml } from '../../core/document/write-xml';
import { knowledge } from '../knowledge';
import { mutateText } from './mutate-text';
import { mutate } from './mutate-value';
import type { Random } from './random';
import { resource, sources } from './sources';

export function anyMessage(random: Random): string {
  const value = mutated(random);
  const text = written(value, random);
  return random.chance(0.2) ? manyTimes(text, 1 + random.below(3), (one) => mutateText(one, random)) : text;
}

export function mutated(random: Random): unknown {
  const value: unknown = JSON.parse(random.chance(0.25) ? resource(random) : random.pick(sources()));
  for (let left = random.below(6); left > 0; left--) mutate(value, random);
  return value;
}

/** In any form and layout; as JSON where XML has no word for it. */
export function written(value: unknown, random: Random): string {
  if (random.chance(0.5)) {
    const { text } = writeXml(value, knowledge().registry, { layout: { isFlat: random.chance(0.2) } });
    if (text !== '') return text;
  }
  return JSON.stringify(value, null, random.pick([0, 1, 2, '\t']));
}

function manyTimes<T>(first: T, times: number, change: (one: T) => T): T {
  let value = first;
  for (let i = 0; i < times; i++) value = change(value);
  return value;
}

// Chance that can be had again: the same seed gives the same numbers and identifiers, for fixtures that stay as they are.
import type { Fresh } from '../fresh';

/** @param seed any text. Good enough to draw by, and no secret is safe with it. */
export function seeded(seed: string): Pick<Fresh, 'random' | 'randomUUID'> {
  // A Weyl sequence, each step of it mixed until no pattern is left.
  let state = mixed(seed.length);
  for (let i = 0; i < seed.length; i++) state = mixed(state ^ Math.imul(seed.charCodeAt(i) + 1, 0x9e3779b1));
  const random = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return (mixed(state) >>> 0) / 2 ** 32;
  };
  return {
    random,
    randomUUID: () =>
      'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) =>
        Math.floor(place === 'x' ? random() * 16 : 8 + random() * 4).toString(16),
      ),
  };
}

function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

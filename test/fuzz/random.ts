// Random numbers that are the same for the same seed, on every machine.

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from 0 on, below the given one. */
  below(most: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  /** The seed of another. */
  seed(): number;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  // Mulberry32.
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => bits() / 0x1_0000_0000;
  const below = (most: number): number => Math.floor(next() * most);
  return {
    next,
    below,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('There is nothing to pick from');
      return list[below(list.length)]!;
    },
    chance: (probability) => next() < probability,
    seed: bits,
  };
}

/** The seed of one case of a target (FNV-1a). */
export function seedOf(run: number, target: string, number: number): number {
  let hash = 0x811c9dc5;
  for (const unit of `${run} ${target} ${number}`) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

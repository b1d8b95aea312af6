// Mutations of a text, and of bytes, that know nothing of what they mean.
import { PIECES } from './odd';
import type { Random } from './random';

/** @param other what pieces may come from */
export function mutateText(text: string, random: Random, other = text): string {
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + stretch(text.length, random));
  const [before, cut, after] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
  switch (random.below(8)) {
    case 0:
      return before + after;
    case 1:
      return before + cut + cut + after;
    case 2:
      return before;
    case 3:
      return before + random.pick(PIECES) + after;
    case 4:
      return before + random.pick(PIECES) + text.slice(at);
    case 5: {
      const from = random.below(other.length + 1);
      return before + other.slice(from, from + stretch(other.length, random)) + after;
    }
    case 6:
      return before + random.pick(PIECES).repeat(random.chance(0.1) ? 20_000 : 1 + random.below(20)) + text.slice(at);
    default:
      return before + String.fromCharCode(random.below(random.chance(0.5) ? 128 : 65_536)) + text.slice(at + 1);
  }
}

function stretch(length: number, random: Random): number {
  return 1 + random.below(random.chance(0.7) ? 12 : Math.max(1, length));
}

export function mutateBytes(bytes: Uint8Array, random: Random): Buffer<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + stretch(bytes.length, random));
  const some = Buffer.from(Array.from({ length: 1 + random.below(8) }, () => random.below(256)));
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), some, bytes.subarray(to)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(PIECES)), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.alloc(random.pick([1, 2, 512, 70_000]), random.below(256)),
        bytes.subarray(at),
      ]);
    default: {
      const changed = Buffer.from(bytes);
      if (at < changed.length) changed[at] = changed[at]! ^ (1 << random.below(8));
      return changed;
    }
  }
}

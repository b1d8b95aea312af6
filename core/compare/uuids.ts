import { uuidsIn, withUuids } from './shape';

/** Which UUID of one message is which of another: what was first met in the same place is the same everywhere. */
export interface Uuids {
  /** These two are the same. */
  link(left: string, right: string): void;
  /** The UUIDs of two texts of the same place, in the order in which they stand. */
  meet(left: string, right: string): void;
  /** The text with names in the place of UUIDs: the same for two that are the same. */
  read(text: string, side: 'left' | 'right'): string;
  /** What `read` gave, for those who do not yet know which is which. */
  hidden(text: string): string;
}

export function createUuids(): Uuids {
  const known = { left: new Map<string, string>(), right: new Map<string, string>() };
  let count = 0;
  const link = (one: string, other: string): void => {
    const [left, right] = [one.toLowerCase(), other.toLowerCase()];
    if (known.left.has(left) || known.right.has(right) || uuidsIn(left)[0] !== left || uuidsIn(right)[0] !== right)
      return;
    const name = `(UUID ${++count})`;
    known.left.set(left, name);
    known.right.set(right, name);
  };
  return {
    link,
    meet(left, right) {
      const others = uuidsIn(right);
      uuidsIn(left).forEach((one, i) => {
        const other = others[i];
        if (other !== undefined) link(one, other);
      });
    },
    read: (text, side) => withUuids(text, (uuid) => known[side].get(uuid.toLowerCase()) ?? uuid.toLowerCase()),
    hidden: (text) => withUuids(text.replace(/\(UUID \d+\)/g, '*'), () => '*'),
  };
}

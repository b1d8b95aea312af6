import type { Severity } from '../../core/finding';
import type { Terminal } from '../terminal';

export type Colour = 'red' | 'yellow' | 'blue' | 'cyan' | 'bold' | 'dim';

export const COLOURS: Record<Severity, Colour> = { error: 'red', warning: 'yellow', information: 'blue', hint: 'cyan' };

const CODES: Record<Colour, [on: number, off: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
};

export type Paint = (text: string, ...colours: Colour[]) => string;

/** Paints on a terminal that a person watches, unless the environment asks for none (no-color.org). */
export function painterFor({ stdout, env }: Pick<Terminal, 'stdout' | 'env'>): Paint {
  if (!stdout.isTTY || env.NO_COLOR || env.TERM === 'dumb') return (text) => text;
  return (text, ...colours) =>
    colours.reduce((painted, colour) => `\x1b[${CODES[colour][0]}m${painted}\x1b[${CODES[colour][1]}m`, text);
}

// What these commands print, and as what.
import { suggestion } from '../command';
import { CommandError } from '../exit';

const FORMATS = ['text', 'json'] as const;

export type OutputFormat = (typeof FORMATS)[number];

export function formatNamed(name: string | undefined, command: string): OutputFormat {
  const format = FORMATS.find((one) => one === (name ?? 'text'));
  if (format) return format;
  throw new CommandError(
    `There is no format "${name ?? ''}": ${suggestion(name ?? '', FORMATS, '', `${command} --help`)}`,
  );
}

/** Rows in columns; the last may be as long as it likes. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

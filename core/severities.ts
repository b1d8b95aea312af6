import type { Severity } from './finding';

/** By rule: another severity than its own, or off. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

const LEVELS: ReadonlySet<unknown> = new Set<Severity | 'off'>(['error', 'warning', 'information', 'hint', 'off']);

/** The setting `itk3.rules`, or what stands in its place: entries that are no severity are left out, never obeyed. */
export function readSeverities(value: unknown): Severities {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, level]) => LEVELS.has(level)));
}

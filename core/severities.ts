import type { Severity } from './finding';
import { isObject } from './json';

/** By rule: another severity than its own, or off. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

const LEVELS: ReadonlySet<unknown> = new Set<Severity | 'off'>(['error', 'warning', 'information', 'hint', 'off']);

/** The setting `itk3.rules`, or what stands in its place: entries that are no severity are left out, never obeyed. */
export function readSeverities(value: unknown): Severities {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, level]) => LEVELS.has(level))) as Severities;
}

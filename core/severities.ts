import type { Severity } from './finding';
import { isObject } from './json';

export type Level = Severity | 'off';

/** By rule: another severity than its own, or off. */
export type Severities = Readonly<Record<string, Level>>;

export const LEVELS: readonly Level[] = ['error', 'warning', 'information', 'hint', 'off'];

export function isLevel(value: unknown): value is Level {
  return (LEVELS as readonly unknown[]).includes(value);
}

/** The setting `itk3.rules`, or what stands in its place: entries that are no severity are left out, never obeyed. */
export function readSeverities(value: unknown): Severities {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, level]) => isLevel(level))) as Severities;
}

/** What is left of findings, each as serious as is wanted of its rule. */
export function bySeverities<T extends { rule: string; severity: Severity }>(
  findings: readonly T[],
  severities: Severities,
): T[] {
  return findings.flatMap((finding) => {
    const level = severities[finding.rule] ?? finding.severity;
    return level === 'off' ? [] : [{ ...finding, severity: level }];
  });
}

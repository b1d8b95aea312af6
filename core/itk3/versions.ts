// Versions of the guides, and which of them know a part of a message.
import type { UseCase, Versions } from './use-case';

/** Whether the first version is a later one; no version is the earliest. */
export function isAfter(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined;
  const [as, bs] = [a.split('.'), b.split('.')];
  const differing = as.findIndex((part, i) => part !== bs[i]);
  return differing >= 0 && Number(as[differing]) > Number(bs[differing] ?? -1);
}

/** Whether a version of the guide knows the part. */
export function knows(version: string, { since, until }: Versions): boolean {
  return !isAfter(since, version) && (until === undefined || !isAfter(version, until));
}

/** The versions between which something changed, the newest first. */
export function versionsOf({ guide, sections, documentType }: UseCase): string[] {
  const parts = [...sections, ...(documentType ? [documentType] : [])];
  const forms: Versions[] = parts.flatMap((part) => [part, ...(part.alternatives ?? [])]);
  const named = forms.flatMap(({ since, until }) => [since, until]).filter((v) => v !== undefined);
  return [...new Set([guide.version, ...named])].sort((a, b) => (isAfter(a, b) ? -1 : 1));
}

/** The one of several forms of a part that a version has. */
export function formIn<T extends Versions>(version: string, forms: readonly T[]): T | undefined {
  return forms.find((form) => knows(version, form));
}

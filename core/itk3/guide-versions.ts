// The versions of a guide that differ in what a document looks like.
import type { UseCase, Versions } from './use-case';

/**
 * Newest first: the one the use case is written by, then the last of each that had something else. Documents of the
 * versions between look like those of the next one named.
 */
export function guideVersions({ guide, documentType, sections }: UseCase): string[] {
  const parts: Versions[] = [...sections.flatMap(forms), ...(documentType ? forms(documentType) : [])];
  const untils = parts.flatMap(({ until }) => until ?? []);
  return [...new Set([guide.version, ...untils])].sort((a, b) => compareVersions(b, a));
}

function forms(part: Versions & { alternatives?: Versions[] }): Versions[] {
  return [part, ...(part.alternatives ?? [])];
}

/** Below zero when the first is the earlier one. */
export function compareVersions(a: string, b: string): number {
  const [as, bs] = [a.split('.'), b.split('.')];
  const differing = as.findIndex((part, i) => part !== bs[i]);
  if (differing < 0) return as.length - bs.length;
  return Number(as[differing]) - Number(bs[differing] ?? -1);
}

// The ids by which rows of a StructureDefinition are found, such as `Composition.section:gpPractice.code`.
import type { Json } from '../json';

/**
 * Rows that each have an id. STU3 lets them go without, and tools have written odd ones: then the path, and the names of
 * the slices that a row stands in, make up the id.
 */
export function withRowIds(rows: readonly Json[]): Json[] {
  const latest = new Map<string, string>();
  const idOf = (path: string): string => latest.get(path) ?? made(path);
  const made = (path: string): string => {
    const dot = path.lastIndexOf('.');
    return dot < 0 ? path : `${idOf(path.slice(0, dot))}${path.slice(dot)}`;
  };
  return rows.map((row) => {
    const path = typeof row.path === 'string' ? row.path : '';
    const slice = typeof row.sliceName === 'string' ? `:${row.sliceName}` : '';
    const given = typeof row.id === 'string' ? row.id : undefined;
    const isSound = given?.split('.').length === path.split('.').length;
    const id = isSound ? given : `${made(path)}${slice}`;
    latest.set(path, id);
    return id === given ? row : { ...row, id };
  });
}

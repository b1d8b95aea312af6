// The name of a file as others know it: from the root of the repository on, with slashes.
import path from 'node:path';
import type { Terminal } from '../terminal';

/** Whoever runs itk3 in a folder of the repository still wants its files found from the repository's root. */
export function rootOf({ cwd, env }: Pick<Terminal, 'cwd' | 'env'>): string {
  const root = env.GITHUB_WORKSPACE;
  return root && isInside(path.resolve(root), cwd) ? path.resolve(root) : cwd;
}

/** Relative to the root where it lies there, or else absolute. */
export function reportedPath(file: string, terminal: Pick<Terminal, 'cwd' | 'env'>): string {
  const root = rootOf(terminal);
  const place = path.resolve(terminal.cwd, file);
  return (isInside(root, place) ? path.relative(root, place) : place).split(path.sep).join('/');
}

function isInside(folder: string, place: string): boolean {
  const way = path.relative(folder, place);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

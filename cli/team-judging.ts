// How a team's file wants messages judged, for editors whose own language client knows nothing of it: VS Code's does.
import path from 'node:path';
import type { Severities } from '../core/severities';
import { CommandError } from './exit';
import { findConfig, readAt } from './judging/config';

/** What is wrong in the file is told, and the rest of it is used. */
export interface TeamJudging {
  rules: Severities;
  /** Whole paths of packages. */
  profiles: readonly string[];
  /** One sentence each, with the place. */
  problems: readonly string[];
}

/** @param folder in which, or above which, the file is looked for, @param toolkit the folder of the build */
export function teamJudging(folder: string, toolkit: string): TeamJudging {
  const file = findConfig(folder);
  if (file === undefined) return { rules: {}, profiles: [], problems: [] };
  try {
    const { validation, mistakes } = readAt(
      file,
      path.join(path.basename(path.dirname(file)), path.basename(file)),
      toolkit,
    );
    return { rules: validation.rules, profiles: validation.profiles, problems: mistakes };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { rules: {}, profiles: [], problems: [error.message] };
  }
}

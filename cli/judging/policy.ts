// What is asked of findings, whichever files they are in: the team's file, and the options, which win.
import path from 'node:path';
import type { Severities } from '../../core/severities';
import { CommandError } from '../exit';
import type { Terminal } from '../terminal';
import { type Config, readConfig } from './config';
import { type FailOn, failOnNamed } from './fail-on';
import { severitiesNamed } from './severities';

export interface Policy {
  severities: Severities;
  failOn: FailOn;
  expect: boolean;
  /** Of the person's own packages. */
  profiles: readonly string[];
  /** Patterns of files that are left out. */
  ignore: readonly string[];
  config?: Config;
  baseline?: string;
  /** Whether the baseline is to be written. */
  update: boolean;
  /** Whether it is to be written beside each message what it is to have. */
  updateExpected: boolean;
}

export interface PolicyOptions {
  'fail-on'?: string;
  rule?: string[];
  expect?: boolean;
  'update-expected'?: boolean;
  profiles?: string[];
  ignore?: string[];
  config?: string;
  'no-config'?: boolean;
  baseline?: string;
  'update-baseline'?: boolean;
}

export function policyOf(options: PolicyOptions, terminal: Terminal): Policy {
  if (options['no-config'] && options.config !== undefined)
    throw new CommandError('--config and --no-config contradict each other: leave one of them out.');
  const config = options['no-config'] ? undefined : readConfig(options.config, terminal);
  const fromHere = (file: string): string => (path.isAbsolute(file) ? path.relative(terminal.cwd, file) : file);
  const update = options['update-baseline'] ?? false;
  const baseline = options.baseline ?? (config?.baseline && fromHere(config.baseline));
  if (update && baseline === undefined)
    throw new CommandError('--update-baseline needs to know which file: give --baseline FILE too.');
  const updateExpected = options['update-expected'] ?? false;
  const expect = options.expect ?? (updateExpected || (config?.expect ?? false));
  return {
    failOn: failOnNamed(options['fail-on'] ?? config?.failOn ?? 'error'),
    expect,
    severities: {
      ...(expect && { 'missing-expected': 'error' as const }),
      ...config?.rules,
      ...severitiesNamed(options.rule ?? []),
    },
    // Later ones win.
    profiles: [...(config?.profiles ?? []).map(fromHere), ...(options.profiles ?? [])],
    ignore: [...(config ? ignoredBy(config, terminal.cwd) : []), ...(options.ignore ?? [])],
    ...(config && { config }),
    ...(baseline !== undefined && { baseline }),
    update,
    updateExpected,
  };
}

/** A pattern without "/" holds wherever it stands; another from the folder of the file on. */
function ignoredBy({ ignore, folder }: Config, cwd: string): string[] {
  const way = path.relative(cwd, folder).split(path.sep).join('/');
  return ignore.map((pattern) => (pattern.replace(/\/+$/, '').includes('/') ? path.posix.join(way, pattern) : pattern));
}

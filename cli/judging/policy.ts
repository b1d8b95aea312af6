// What is asked of findings, whichever files they are in: the options that say so, put together.
import type { Severities } from '../../core/severities';
import { CommandError } from '../exit';
import { type FailOn, failOnNamed } from './fail-on';
import { severitiesNamed } from './severities';

export interface Policy {
  severities: Severities;
  failOn: FailOn;
  expect: boolean;
  /** Of the person's own packages. */
  profiles: readonly string[];
  baseline?: string;
  /** Whether the baseline is to be written. */
  update: boolean;
}

export interface PolicyOptions {
  'fail-on'?: string;
  rule?: string[];
  expect?: boolean;
  profiles?: string[];
  baseline?: string;
  'update-baseline'?: boolean;
}

export function policyOf(options: PolicyOptions): Policy {
  const update = options['update-baseline'] ?? false;
  const { baseline, expect = false, profiles = [], rule = [] } = options;
  if (update && baseline === undefined)
    throw new CommandError('--update-baseline needs to know which file: give --baseline FILE too.');
  return {
    failOn: failOnNamed(options['fail-on'] ?? 'error'),
    expect,
    severities: { ...(expect && { 'missing-expected': 'error' as const }), ...severitiesNamed(rule) },
    profiles,
    ...(baseline !== undefined && { baseline }),
    update,
  };
}

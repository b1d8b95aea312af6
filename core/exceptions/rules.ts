import type { Source } from '../finding';
import type { RuleInfo } from '../rules/rule';

export const EXCEPTIONS: Source = { title: 'ITK3 Toolkit, exceptions' };

/** What may be found in the file of exceptions beside a message. */
export const EXCEPTION_RULES: readonly RuleInfo[] = [
  {
    id: 'exception-form',
    severity: 'error',
    asks: 'An exception names a rule that exists, and gives a reason.',
    source: EXCEPTIONS,
  },
  {
    id: 'unused-exception',
    severity: 'warning',
    asks: 'An exception matches a finding.',
    source: EXCEPTIONS,
  },
];

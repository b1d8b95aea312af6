import type { Source } from '../finding';
import type { RuleInfo } from '../rules/rule';

export const EXCEPTIONS: Source = { title: 'ITK3 Toolkit, exceptions' };

/** What may be found in the file beside a message: of its exceptions, and of what is expected. */
export const EXCEPTION_RULES: readonly RuleInfo[] = [
  {
    id: 'exception-form',
    severity: 'error',
    asks: 'An exception or an expectation names a rule that exists; an exception gives a reason.',
    source: EXCEPTIONS,
  },
  {
    id: 'unused-exception',
    severity: 'warning',
    asks: 'An exception matches a finding.',
    source: EXCEPTIONS,
  },
  {
    id: 'missing-expected',
    severity: 'warning',
    asks: 'A finding that is expected of a message is found.',
    source: EXCEPTIONS,
  },
];

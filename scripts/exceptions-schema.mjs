// What VS Code offers in a file of exceptions, and says of its parts. It forbids nothing: what is wrong in such a file the
// language server tells, in its own words.
import rules from '../out/core/rules/index.js';
import { EXCEPTION_RULES } from '../out/core/exceptions/rules.js';

export function exceptionsSchema() {
  const known = rules.ALL_RULES.filter((rule) => !EXCEPTION_RULES.includes(rule));
  const exception = {
    description: 'A finding that may stay as it is.',
    defaultSnippets: [
      { label: 'exception', body: { rule: '$1', path: '$2', reason: '$3' }, description: 'What may stay, and why' },
    ],
    properties: {
      rule: {
        description: 'The rule that found it: its name stands behind each finding.',
        anyOf: [{ enum: known.map(({ id }) => id), enumDescriptions: known.map(({ asks }) => asks) }, {}],
      },
      path: {
        description:
          'Where, as FHIR writes it: from the outermost resource on, or from any resource inside it on, such as Patient.name[0].family. [*] is any item of a list. Without a path the exception holds for the whole message.',
      },
      message: {
        description: 'Words of the finding, where the rule finds more than one thing at the path.',
      },
      reason: {
        description:
          'Why the finding may stay, for whoever reads this next. Without a reason the exception does not hold.',
      },
    },
  };
  const expected = {
    description: 'A finding that the message is there to have.',
    defaultSnippets: [
      { label: 'expected', body: { rule: '$1', path: '$2' }, description: 'What a negative fixture has wrong' },
    ],
    properties: {
      ...exception.properties,
      path: {
        description: 'Where, as in an exception. Without a path it may be anywhere in the message, once.',
      },
      message: { description: 'Words of the finding.' },
      severity: {
        description: 'How serious it is told to be; left out, that does not matter.',
        enum: ['error', 'warning', 'information', 'hint'],
      },
      reason: { description: 'Why it is expected, for whoever reads this next.' },
    },
  };
  return {
    title: 'Exceptions of ITK3 Toolkit',
    description: 'What may stay as it is in the message beside this file, and why, and what it is there to have wrong.',
    defaultSnippets: [
      {
        label: 'exceptions',
        description: 'A file of exceptions',
        body: { exceptions: [{ rule: '$1', path: '$2', reason: '$3' }] },
      },
    ],
    properties: {
      exceptions: { description: 'What may stay as it is, and why.', items: exception },
      expected: {
        description:
          'What this message is there to have wrong: each item names one finding. It then passes; one that is not found is a warning, with itk3 validate --expect an error.',
        items: expected,
      },
    },
  };
}

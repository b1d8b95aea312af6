// What SARIF says of a rule: made of what RULES.md is made of.
import type { Severity } from '../../core/finding';
import { RULES_BY_HEADING } from '../../core/rules';

export const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note' | 'none'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'none',
};

/** By GitHub's names for how serious a rule is that is not about security. */
const PROBLEM = { error: 'error', warning: 'warning', information: 'recommendation', hint: 'recommendation' } as const;

const RULES = new Map(
  Object.entries(RULES_BY_HEADING).flatMap(([heading, rules]) => rules.map((rule) => [rule.id, { heading, rule }])),
);

export function sarifRule(id: string): Record<string, unknown> {
  const known = RULES.get(id);
  if (!known) return { id };
  const { heading, rule } = known;
  const { severity, asks, source } = rule;
  const { title, url } = source;
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: asks },
    fullDescription: { text: `${asks} Source: ${title}.` },
    help: {
      text: `${asks}\nSource: ${title}${url === undefined ? '' : `, ${url}`}.\n${switching(id)} ${excepting(id)}`,
      markdown: [
        asks,
        `Source: ${url === undefined ? title : `[${title}](${url})`}`,
        switching(`\`${id}\``, '`'),
        excepting(id, '`'),
      ].join('\n\n'),
    },
    ...(url !== undefined && { helpUri: url }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [heading], precision: 'very-high', 'problem.severity': PROBLEM[severity] },
  };
}

/** SARIF wants a name of one word for people beside the id. */
function nameOf(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function switching(id: string, tick = ''): string {
  const plain = id.replaceAll('`', '');
  return `To make ${id} milder or switch it off: ${tick}itk3 validate --rule ${plain}=warning${tick} (or off).`;
}

function excepting(id: string, tick = ''): string {
  const example = `{ "exceptions": [{ "rule": "${id}", "path": "…", "reason": "…" }] }`;
  return `To except one finding, write beside message.json, as message.json.itk3: ${tick}${example}${tick}`;
}

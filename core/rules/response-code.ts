import { join, type Pointer } from '../document/pointer';
import type { Finding } from '../finding';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import { issuesOf, outcomeOf } from '../itk3/outcome';
import type { ResponseCode } from '../itk3/response-codes';
import { asText, isObject } from '../json';
import type { Knowledge } from '../knowledge';
import { bindingAllows } from '../validate/binding';
import { either } from '../validate/wording';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const responseCode: Rule = {
  id: 'response-code',
  severity: 'error',
  asks: 'Outcome, severity and issue code of an acknowledgement are those that go with its response code.',
  source: sourced('ITK3 Message Distribution 2.10.0, response structure'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || !isResponse(announced, knowledge)) return;
    const { resource, pointer: header } = announced.header;
    const response = isObject(resource.response) ? resource.response.code : undefined;
    for (const [i, { issue, pointer, coding, at, code }] of issuesOf(outcomeOf(message)).entries()) {
      const known = knowledge.responseCodes.find((c) => c.code === code);
      if (!known || coding.system !== knowledge.envelope.responseCodes) continue;
      const stated: Stated[] = [
        { name: 'severity', pointer: join(pointer, 'severity'), value: issue.severity, right: [known.severity] },
        { name: 'code', pointer: join(pointer, 'code'), value: issue.code, right: known.issueCodes },
      ];
      // The first issue is the one that the response is about.
      const about = join(header, 'response', 'code');
      if (i === 0)
        stated.unshift({ name: 'response.code', pointer: about, value: response, right: [known.responseCode] });
      const wrong = stated.filter((s) => isWrong(s, knowledge));
      if (wrong.length > 0) say(...told(known, wrong, join(at, 'code')));
    }
  },
};

/** What stands beside a response code, and what may stand there. */
interface Stated {
  name: 'response.code' | 'severity' | 'code';
  pointer: Pointer;
  value: unknown;
  right: string[];
}

/** One that disagrees is told where it stands; of several the response code itself is the likely mistake. */
function told(known: ResponseCode, wrong: Stated[], code: Pointer): [Pointer, string, Partial<Finding>] {
  const [first] = wrong as [Stated];
  const right = wrong.map((s) => `${s.name} ${either(s.right)}`).join(', ');
  const here = wrong.map((s) => asText(s.value)).join(', ');
  const isConflict = wrong.every((s) => s.value === elsewhere(known, s));
  const conflict = isConflict && known.conflict !== undefined ? `. The sources differ: ${known.conflict}` : '.';
  const text = `${known.code} goes with ${right}, not ${here}${conflict}`;
  const more: Partial<Finding> = isConflict ? { severity: 'warning' } : {};
  if (wrong.length > 1)
    return [code, text, { ...more, related: wrong.map((s) => ({ pointer: s.pointer, message: `The ${s.name}` })) }];
  const [value] = first.right;
  const fixes: Finding['fixes'] =
    first.right.length > 1 ? [] : [{ kind: 'set', title: `Change to ${value!}`, pointer: first.pointer, value }];
  return [first.pointer, text, { ...more, fixes }];
}

function elsewhere(known: ResponseCode, { name }: Stated): string | undefined {
  const { responseCode, severity, issueCode } = known.elsewhere ?? {};
  return name === 'response.code' ? responseCode : name === 'severity' ? severity : issueCode;
}

/** A code that STU3 does not have at all has been told by its binding. */
function isWrong({ name, value, right }: Stated, knowledge: Knowledge): boolean {
  if (typeof value !== 'string' || right.includes(value)) return false;
  const [type, parent, child] =
    name === 'response.code'
      ? (['MessageHeader', 'response', 'code'] as const)
      : (['OperationOutcome', 'issue', name] as const);
  const binding = knowledge.registry.type(type)?.children?.get(parent)?.children?.get(child)?.binding;
  return !binding || bindingAllows(value, binding, knowledge);
}

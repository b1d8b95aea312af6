// Fixes of what the rules find in acknowledgements.
import { join, type Pointer, valueAt } from '../document/pointer';
import type { Change, Finding, Fix } from '../finding';
import { headerOf, referenceIn, resolve } from '../itk3/message';
import { issuesOf, outcomeOf } from '../itk3/outcome';
import { UNREADABLE } from '../itk3/reply';
import { wholeOf } from '../itk3/references';
import type { ResponseCode } from '../itk3/response-codes';
import { isObject, list, object, text } from '../json';
import type { Knowledge } from '../knowledge';
import { identifyingIn } from '../nhs/patient-data';
import { shortened } from '../validate/wording';
import { resourceAround } from '../validate/locate';
import type { FixMaker, Fixing } from './fixing';
import { referralsTo, removing } from './wiring';

/** More codes than these nobody chooses from. */
const MOST_OFFERED = 12;

function displayOf(code: string, { registry, envelope }: Knowledge): string | undefined {
  return registry.codeSystem(envelope.responseCodes)?.concepts.find((c) => c.code === code)?.display;
}

/** What an acknowledgement says of its outcome, beside the response code. */
function stated({ message }: Fixing): { pointer: Pointer; value: unknown; right: (code: ResponseCode) => string[] }[] {
  const [first] = issuesOf(outcomeOf(message));
  const header = headerOf(message);
  if (!first || !header) return [];
  return [
    {
      pointer: join(header.pointer, 'response', 'code'),
      value: object(header.resource.response).code,
      right: (c) => [c.responseCode],
    },
    { pointer: join(first.pointer, 'severity'), value: first.issue.severity, right: (c) => [c.severity] },
    { pointer: join(first.pointer, 'code'), value: first.issue.code, right: (c) => c.issueCodes },
  ];
}

/** Makes all that goes with a code that which belongs to it. */
function agreeing(known: ResponseCode, fixing: Fixing): Change[] {
  return stated(fixing).flatMap(({ pointer, value, right }): Change[] => {
    const values = right(known);
    return values.includes(String(value)) ? [] : [{ kind: 'set', pointer, value: values[0] }];
  });
}

function withCode(known: ResponseCode, at: Pointer, { knowledge }: Fixing): Change {
  const display = displayOf(known.code, knowledge);
  const value = {
    system: knowledge.envelope.responseCodes,
    code: known.code,
    ...(display !== undefined && { display }),
  };
  return { kind: 'set', pointer: at, value };
}

function namedCode({ code }: ResponseCode, knowledge: Knowledge): string {
  const display = displayOf(code, knowledge);
  return display === undefined ? code : `${code}, ${shortened(display)}`;
}

/** What stands beside the code follows it, or the code follows what stands beside it. */
const disagreement: FixMaker = ({ fixes = [] }, fixing) => {
  const { message, knowledge } = fixing;
  const [first] = issuesOf(outcomeOf(message));
  const known = knowledge.responseCodes.find(({ code }) => code === first?.code);
  if (!first || !known) return [];
  const changes = agreeing(known, fixing);
  const follow: Fix = {
    title: `Let response.code, severity and code be those of ${namedCode(known, knowledge)}`,
    sure: false,
    kind: 'all',
    changes,
  };
  return [...(fixes.length === 0 && changes.length > 0 ? [follow] : []), ...fitting(fixing, first.at)];
};

/** The codes that go with what the acknowledgement says otherwise, where these are few. */
function fitting(fixing: Fixing, at: Pointer): Fix[] {
  const { knowledge } = fixing;
  const said = stated(fixing);
  const codes = knowledge.responseCodes.filter((known) => said.every((s) => s.right(known).includes(String(s.value))));
  if (codes.length > MOST_OFFERED) return [];
  return codes.map((known) => ({
    title: `Change the code to ${namedCode(known, knowledge)}`,
    sure: false,
    ...withCode(known, at, fixing),
  }));
}

const GENERAL = '10001';

const obsolete: FixMaker = ({ pointer }, fixing) => {
  const at = pointer.slice(0, pointer.lastIndexOf('/'));
  const fixes = fitting(fixing, at);
  const general = fixing.knowledge.responseCodes.find(({ code }) => code === GENERAL);
  // A message that was taken is not refused for a slip in the code.
  const refused = stated(fixing)[0]?.value === general?.responseCode;
  if (fixes.length > 0 || !general || !refused) return fixes;
  const title = `Change the code to ${namedCode(general, fixing.knowledge)}`;
  return [{ title, sure: false, kind: 'all', changes: [withCode(general, at, fixing), ...agreeing(general, fixing)] }];
};

/** What could not be read is answered with the one code for that. */
const unreadable: FixMaker = ({ pointer }, fixing) => {
  const { message, knowledge } = fixing;
  const [first] = issuesOf(outcomeOf(message));
  const known = knowledge.responseCodes.find(({ code }) => code === knowledge.envelope.response.unreadable.code);
  if (valueAt(message.root.resource, pointer) !== UNREADABLE || !first || !known || first.code === known.code)
    return [];
  return [
    {
      title: `Answer with ${namedCode(known, knowledge)}`,
      sure: false,
      kind: 'all',
      changes: [withCode(known, first.at, fixing), ...agreeing(known, fixing)],
    },
  ];
};

/** Which message is answered, only a person knows, unless nobody could read it. */
const missingResponse: FixMaker = ({ pointer }, { message, knowledge }) => {
  const header = headerOf(message);
  const outcome = outcomeOf(message);
  const code = issuesOf(outcome)[0]?.code;
  const known = knowledge.responseCodes.find((c) => c.code === code);
  if (header?.pointer !== pointer || header.resource.response !== undefined || !known || !outcome?.fullUrl) return [];
  const nobodyRead = known.code === knowledge.envelope.response.unreadable.code;
  const rest = { code: known.responseCode, details: { reference: outcome.fullUrl } };
  const focus = referenceIn(list(header.resource.focus)[0]);
  const inPlace = focus !== undefined && resolve(message, header, focus) === outcome;
  const add = (title: string, value: unknown, sure: boolean): Fix => ({
    title: inPlace ? `${title}, in place of focus` : title,
    sure,
    kind: 'all',
    changes: [
      ...(inPlace ? removing([join(pointer, 'focus')]) : []),
      { kind: 'set', pointer: join(pointer, 'response'), value },
    ],
  });
  return [
    nobodyRead
      ? add('Add response', { identifier: UNREADABLE, ...rest }, true)
      : add('Add response, without the id of the message answered', rest, false),
  ];
};

const spareIssues: FixMaker = (_, { message }) => {
  const [first, ...others] = issuesOf(outcomeOf(message));
  if (!first || others.length === 0) return [];
  const same = JSON.stringify(first.issue);
  const sure = others.every(({ issue }) => JSON.stringify(issue) === same);
  const title = sure ? 'Remove the issues that only repeat the first' : 'Keep the first issue and remove the others';
  return [{ title, sure, kind: 'all', changes: removing(others.map(({ pointer }) => pointer)) }];
};

/** The words of the code are better than none. */
const diagnostics: FixMaker = ({ pointer }, { message, knowledge: { registry, envelope } }) => {
  const issue = issuesOf(outcomeOf(message)).find((i) => i.pointer === pointer);
  const concept = registry.codeSystem(envelope.responseCodes)?.concepts.find((c) => c.code === issue?.code);
  const words = concept?.definition ?? concept?.display;
  if (words === undefined) return [];
  const title = `Write what ${concept!.code} means: ${shortened(words)}`;
  return [{ title, sure: false, kind: 'set', pointer: join(pointer, 'diagnostics'), value: words }];
};

const REMOVED = '[removed]';

/** Takes out all that tells of the patient; the title does not repeat it. */
const identifying: FixMaker = ({ pointer }: Finding, { message }) => {
  let left = text(valueAt(message.root.resource, pointer)) ?? '';
  for (let found = identifyingIn(left); found; found = identifyingIn(left))
    left = left.slice(0, found.offset) + REMOVED + left.slice(found.offset + found.length);
  return [{ title: 'Take out what identifies the patient', kind: 'set', pointer, value: left }];
};

const strayEntry: FixMaker = ({ pointer, part }, { message }) => {
  const at = resourceAround(pointer, message);
  if (!at || at.pointer !== pointer || part !== 'key' || !isObject(at.resource) || at.container) return [];
  const sure = referralsTo(at, message).length === 0;
  return [{ title: `Remove this ${at.type}`, sure, kind: 'remove', pointer: wholeOf(at) }];
};

export const ACKNOWLEDGEMENT_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'response-event': [missingResponse],
  'response-identifier': [unreadable],
  'response-code': [disagreement],
  'response-issues': [spareIssues],
  'response-diagnostics': [diagnostics],
  'response-privacy': [identifying],
  'response-content': [strayEntry],
  'obsolete-codes': [obsolete],
};

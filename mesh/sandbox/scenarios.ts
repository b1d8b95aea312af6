// The scenarios the sandbox comes with, and files of the user's own: read, checked, found by name.
import { BODIES, FAULTS, FAULTY_ROUTES, MOMENTS, REPORT_CODES } from './scenario';
import type { Scenario } from './scenario';
import list from './scenarios.json';

const NAME = /^[A-Za-z][A-Za-z0-9-]{1,39}$/;

/** In the order in which they are shown. */
export const SCENARIOS = list as readonly Scenario[];

export interface ScenarioFile {
  scenarios: Scenario[];
  /** A sentence each: which scenario, which property, what is right. With one, nothing of the file should be used. */
  problems: string[];
}

/** Reads a list of scenarios, or a single one. Their names must differ from those `taken`, by default the sandbox's own. */
export function readScenarios(text: string, taken: readonly Scenario[] = SCENARIOS): ScenarioFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { scenarios: [], problems: ['The file is not JSON: it holds a list of scenarios, [{ "name": …, … }].'] };
  }
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const names = new Set(taken.map(({ name }) => name.toLowerCase()));
  const problems = entries.flatMap((entry, index) => {
    const name = isRecord(entry) && typeof entry.name === 'string' && NAME.test(entry.name) ? entry.name : undefined;
    const who = name === undefined ? `Scenario ${index + 1} of the file` : `Scenario "${name}"`;
    const wrong = problemsOf(entry, SCENARIO, '');
    if (name !== undefined && names.has(name.toLowerCase())) wrong.push('name is taken: give it another.');
    if (name !== undefined) names.add(name.toLowerCase());
    return wrong.map((problem) => `${who}: ${problem}`);
  });
  return { scenarios: problems.length > 0 ? [] : (entries as Scenario[]), problems };
}

/** Capitals and spaces around the name make no difference. */
export function findScenario(name: string, scenarios: readonly Scenario[]): Scenario | undefined {
  const wanted = name.trim().toLowerCase();
  return scenarios.find((scenario) => scenario.name.toLowerCase() === wanted);
}

/** What to tell who asked for a scenario that is not there. The name asked for is not repeated: it may be anything. */
export function noSuchScenario(name: string, scenarios: readonly Scenario[]): string {
  const near = nearest(
    name.trim(),
    scenarios.map((scenario) => scenario.name),
  );
  // The page is there only while the sandbox runs.
  const all = 'The page of the sandbox and itk3 sandbox --list-scenarios show them all.';
  return `The sandbox has no scenario of that name. ${near === undefined ? all : `Did you mean "${near}"?`}`;
}

/** Undefined when the value is right, else what would be. */
type Check = (value: unknown) => string | undefined;
type Shape =
  | Check
  | { properties: Record<string, Property> }
  | { each: Shape }
  /** What the value has to be depends on the value. */
  | { by: (value: Record<string, unknown>) => Shape };
interface Property {
  is: Shape;
  required?: true;
}

const test =
  (isRight: (value: unknown) => boolean, right: string): Check =>
  (value) =>
    isRight(value) ? undefined : right;
const whole = (least: number, most: number, right: string) =>
  test((value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most, right);
const oneOf = (values: readonly string[]) =>
  test(
    (value) => typeof value === 'string' && values.includes(value),
    `give ${values.map((v) => `"${v}"`).join(', ')}`,
  );

/** A day: whoever plays with time has left by then. */
const SECONDS = test((value) => typeof value === 'number' && value >= 0 && value <= 86_400, 'give seconds, 0 to 86400');
const TIMES = whole(1, 100, 'give a whole number, 1 to 100');
const FLAG = test((value) => typeof value === 'boolean', 'give true or false');

const ANSWER: Shape = {
  properties: {
    code: {
      is: test(
        (value) => typeof value === 'string' && /^[123]00[0-2]\d$/.test(value),
        'give an ITK3 response code as text, such as "20013"',
      ),
      required: true,
    },
    diagnostics: { is: test((value) => typeof value === 'string' && value.trim() !== '', 'give words') },
    times: { is: TIMES },
    afterSeconds: { is: SECONDS },
    body: { is: oneOf(BODIES) },
  },
};

/** What the kinds of faults have of their own; a property of another kind has no business there. */
const FAULT: Record<(typeof FAULTS)[number], Record<string, Property>> = {
  status: {
    status: { is: whole(300, 599, 'give an HTTP status, 300 to 599'), required: true },
    retryAfter: { is: whole(0, 86_400, 'give whole seconds, 0 to 86400') },
    page: { is: FLAG },
  },
  reset: { in: { is: oneOf(MOMENTS) } },
  trickle: { bytesPerSecond: { is: whole(1, 1_000_000, 'give a whole number, 1 to 1000000'), required: true } },
  silence: {},
};

const SCENARIO: Shape = {
  properties: {
    name: {
      is: test(
        (value) => typeof value === 'string' && NAME.test(value),
        'give 2 to 40 letters, digits and hyphens, a letter first',
      ),
      required: true,
    },
    says: {
      is: test(
        (value) => typeof value === 'string' && /^\S[^\r\n]{0,299}$/.test(value),
        'say in one line what happens',
      ),
      required: true,
    },
    answers: { is: { each: ANSWER } },
    report: {
      is: { properties: { code: { is: oneOf(REPORT_CODES), required: true }, afterSeconds: { is: SECONDS } } },
    },
    wire: { is: { by: faultShape } },
  },
};

function faultShape({ does }: Record<string, unknown>): Shape {
  const kind = FAULTS.find((name) => name === does);
  return {
    properties: {
      does: { is: oneOf(FAULTS), required: true },
      at: { is: { each: oneOf(FAULTY_ROUTES) } },
      times: { is: TIMES },
      processed: { is: FLAG },
      ...(kind && FAULT[kind]),
    },
  };
}

function problemsOf(value: unknown, shape: Shape, at: string): string[] {
  const here = at === '' ? 'it' : at;
  if (typeof shape === 'function') {
    const right = shape(value);
    return right === undefined ? [] : [`${here} is not right: ${right}.`];
  }
  if ('each' in shape) {
    if (!Array.isArray(value)) return [`${here} is not right: give a list, [ … ].`];
    return value.flatMap((item, index) => problemsOf(item, shape.each, `${at}[${index}]`));
  }
  if (!isRecord(value)) return [`${here} is not right: give an object, { … }.`];
  if ('by' in shape) return problemsOf(value, shape.by(value), at);
  const { properties } = shape;
  const path = (name: string) => (at === '' ? name : `${at}.${name}`);
  const missing = Object.entries(properties)
    .filter(([name, { required }]) => required && value[name] === undefined)
    .map(([name]) => `${path(name)} is missing.`);
  const wrong = Object.entries(value).flatMap(([name, inside]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return property
      ? problemsOf(inside, property.is, path(name))
      : [unknownProperty(name, Object.keys(properties), here)];
  });
  return [...missing, ...wrong];
}

function unknownProperty(name: string, known: string[], where: string): string {
  const near = nearest(name, known);
  const shown = JSON.stringify(name.slice(0, 40));
  const instead = near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`;
  return `${where} has no property ${shown}: ${near === undefined ? `${instead}.` : instead}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The one that begins alike or is a few slips away; undefined when none is, or two are as near. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const begun = candidates.filter((candidate) => wanted.length > 2 && candidate.toLowerCase().startsWith(wanted));
  if (begun.length === 1) return begun[0];
  const limit = Math.min(3, Math.floor(wanted.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, slips: slips(wanted, candidate.toLowerCase()) }))
    .filter((one) => one.slips <= limit)
    .sort((a, b) => a.slips - b.slips);
  return ranked[0] && ranked[0].slips !== ranked[1]?.slips ? ranked[0].candidate : undefined;
}

/** Letters added, left out or changed. */
function slips(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const before = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}

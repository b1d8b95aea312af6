// The constraints of STU3 and of profiles, each asked where its element stands: natively where messages meet it at every
// step, by the FHIRPath library else. What other stages find is left to them (invariants/published.ts).
import type { Registry } from '../definitions/registry';
import { type Pointer, valueAt } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import { TooLong } from '../too-long';
import type { FhirPathExpression } from '../knowledge';
import { type Located, resolve } from '../itk3/message';
import { ASK, type Breach, HOLDS } from './invariants/breach';
import { OF_LIBRARY, placed } from './invariants/mends';
import { type Check, makePlans, type Plan, type Plans } from './invariants/plan';
import { makeProfilePlans, type OfProfile, type ProfilePlan } from './invariants/profile-plan';
import { isSaid } from './invariants/said';
import { inWords, sourceOfCheck } from './invariants/wording';
import { sliceOf } from './slicing';
import type { Run } from './stage';

/** Plans are made of definitions alone, so they last as long as those. */
const PLANS = new WeakMap<Registry, { plans: Plans; ofProfile: OfProfile }>();

/** No message has as many; the rest of what has more is not worth the wait (each takes some hundredths of a millisecond). */
const MOST_ASKED = 20_000;

export function validateInvariants(run: Run): void {
  const { registry } = run.knowledge;
  const known = PLANS.get(registry) ?? { plans: makePlans(registry), ofProfile: makeProfilePlans(registry) };
  PLANS.set(registry, known);
  const companion = known.plans.ofType('Element');
  const library = { asked: 0, notRun: new Set<string>() };
  for (const at of run.message.resources) {
    const walk: Walk = { run, at, companion, ofProfile: known.ofProfile, library };
    const plan = known.plans.ofType(at.type);
    if (plan && registry.isResource(at.type)) walkObject(at.resource, plan, at.pointer, walk);
    for (const url of run.applicable.get(at) ?? []) walkProfile(at.resource, known.ofProfile(url), at.pointer, walk);
  }
}

interface Walk {
  run: Run;
  at: Located;
  /** For what stands beside primitives. */
  companion: Plan | undefined;
  ofProfile: OfProfile;
  /** How often the library was asked, and what could not be run: each is told once a message. */
  library: { asked: number; notRun: Set<string> };
}

function walkObject(value: Json, plan: Plan, pointer: Pointer, walk: Walk): void {
  // Where there is nothing at all, nothing more need be said of it.
  for (const check of plan.checks) if (judge(check, value, pointer, walk) && check.constraint.key === 'ele-1') return;
  if (plan.type === 'Extension' && typeof value.url === 'string')
    walkProfile(value, walk.ofProfile(value.url), pointer, walk);
  const inside = plan.inside();
  for (const name in value) {
    const child = inside.get(name);
    if (child) walkEach(value[name], child, `${pointer}/${name}`, walk);
    else if (name.startsWith('_')) walkCompanions(value[name], value[name.slice(1)], `${pointer}/${name}`, walk);
  }
}

function walkEach(value: unknown, plan: Plan, pointer: Pointer, walk: Walk): void {
  if (Array.isArray(value)) value.forEach((item, i) => walkValue(item, plan, `${pointer}/${i}`, walk));
  else walkValue(value, plan, pointer, walk);
}

function walkValue(value: unknown, plan: Plan, pointer: Pointer, walk: Walk): void {
  if (isObject(value)) walkObject(value, plan, pointer, walk);
  else if (value !== null && value !== undefined && plan.type !== undefined && plan.inside().size === 0)
    for (const check of plan.checks) judge(check, value, pointer, walk);
}

/** The id and extensions of primitives, beside them. */
function walkCompanions(companion: unknown, value: unknown, pointer: Pointer, walk: Walk): void {
  if (isObject(companion)) walkCompanion(companion, value, pointer, walk);
  const values = list(value);
  list(companion).forEach((item, i) => {
    if (isObject(item)) walkCompanion(item, values[i], `${pointer}/${i}`, walk);
  });
}

function walkCompanion(companion: Json, value: unknown, pointer: Pointer, { companion: plan, ...walk }: Walk): void {
  if (!plan) return;
  const hasValue = value !== undefined && value !== null;
  walkObject(companion, hasValue ? { ...plan, checks: [] } : plan, pointer, { companion: plan, ...walk });
}

function walkProfile(value: unknown, plan: ProfilePlan | undefined, pointer: Pointer, walk: Walk): void {
  if (!plan || value === undefined || value === null) return;
  for (const check of plan.checks) judge(check, value, pointer, walk);
  if (!isObject(value)) return;
  for (const [name, child] of plan.inside) {
    const property = value[name];
    const items = Array.isArray(property) ? property : [property];
    items.forEach((item, i) => {
      const at = Array.isArray(property) ? `${pointer}/${name}/${i}` : `${pointer}/${name}`;
      const slice = child.slices.size > 0 ? sliceOf(item, child.element, where(walk)) : undefined;
      // A slice inherits what is said of all.
      walkProfile(item, slice ? child.slices.get(slice) : child, at, walk);
    });
  }
}

const where = ({ run: { knowledge, message }, at }: Walk): Parameters<typeof sliceOf>[2] => ({
  knowledge,
  message,
  at,
});

/** Reports what breaks the constraint; true when something does. */
function judge(check: Check, value: unknown, pointer: Pointer, walk: Walk): boolean {
  const { constraint, native } = check;
  const verdict = native && isObject(value) ? native(value) : ASK;
  const breaches = verdict === ASK ? byLibrary(check, value, walk) : verdict;
  // What is empty altogether is the stage of shape's to tell.
  if (breaches.length === 0 || (isObject(value) && Object.keys(value).length === 0)) return false;
  const { run, at } = walk;
  for (const breach of breaches) {
    const owner = breach.owner ?? '';
    const inner = pointer.slice(at.pointer.length) + owner;
    if (isSaid(breach, at, inner, valueAt(value, owner), run)) continue;
    run.report({
      rule: 'invariant',
      severity: constraint.severity,
      pointer: pointer + (breach.at ?? ''),
      part: breach.part ?? 'key',
      message: `${constraint.key}: ${breach.says}`,
      source: sourceOfCheck(check, run.knowledge.registry),
      ...(breach.mends && { fixes: breach.mends.map((fix) => placed(fix, pointer, at.resource, at.pointer)) }),
      ...(breach.related && {
        related: breach.related.map(({ at, message }) => ({ pointer: pointer + at, message })),
      }),
    });
  }
  return true;
}

function byLibrary(check: Check, value: unknown, walk: Walk): readonly Breach[] {
  const { run, at, library } = walk;
  if (++library.asked > MOST_ASKED) {
    const why = `only the first ${MOST_ASKED} constraints that take long are checked in one message.`;
    return notRun('', `There is too much here to check it all: ${why}`, check, walk);
  }
  try {
    const result = compiled(check, walk)(value, {
      resource: at.resource,
      root: (at.container ?? at).resource,
      resolve: (reference) => resolve(run.message, at, reference)?.resource,
    });
    if (result.length === 1 && result[0] === true) return HOLDS;
    // Nothing comes of what is not there: where STU3 asks for it, that has been said.
    const mends = isObject(value) ? OF_LIBRARY.get(check.constraint.key)?.(value) : undefined;
    return [
      { says: inWords(check.constraint.human), ...(result.length === 0 && { lacks: ['*'] }), ...(mends && { mends }) },
    ];
  } catch (error) {
    // Without the library's own words, which may quote the message.
    const { key, human, expression = '' } = check.constraint;
    const why = error instanceof TooLong ? 'takes too long here' : 'cannot be run here';
    const says = `${key} is not checked, because its expression ${why}: ${inWords(human)}`;
    return notRun(`${key} ${expression}`, says, check, walk);
  }
}

function compiled(check: Check, { run }: Walk): FhirPathExpression {
  if (!check.compiled) {
    check.compiled = { run: undefined };
    if (check.expression !== undefined)
      check.compiled.run = run.knowledge.fhirpath().compile(check.base, check.expression);
  }
  if (!check.compiled.run) throw new Error('no expression that can be run');
  return check.compiled.run;
}

function notRun(what: string, message: string, check: Check, { run, library }: Walk): readonly Breach[] {
  if (library.notRun.has(what)) return HOLDS;
  library.notRun.add(what);
  const source = sourceOfCheck(check, run.knowledge.registry);
  run.report({ rule: 'invariant-not-run', severity: 'information', pointer: '', part: 'key', message, source });
  return HOLDS;
}

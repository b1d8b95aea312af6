// Constraints that a profile asks for beyond its type: most ask for none, and then nothing is walked for them.
import type { Constraint } from '../../definitions/definition';
import { choiceNames, type Element, isChoice } from '../../definitions/element';
import type { Registry } from '../../definitions/registry';
import { type Check, checkOf, elementAt, isOurs } from './plan';

/** What a profile adds at an element and inside it. */
export interface ProfilePlan {
  element: Element;
  checks: readonly Check[];
  /** By property name. */
  inside: ReadonlyMap<string, ProfilePlan>;
  slices: ReadonlyMap<Element, ProfilePlan>;
}

/** The constraints that a profile adds to its type; undefined when it adds none. */
export type OfProfile = (url: string) => ProfilePlan | undefined;

export function makeProfilePlans(registry: Registry): OfProfile {
  const plans = new Map<string, ProfilePlan | undefined>();

  const ofProfile: OfProfile = (url) => {
    if (plans.has(url)) return plans.get(url);
    const tree = registry.definition(url)?.derivation === 'constraint' ? registry.tree(url) : undefined;
    // Messages may name any url, and only those of known profiles are kept.
    if (!tree) return undefined;
    plans.set(url, undefined); // a profile inside itself adds nothing more
    const plan = planOf(tree);
    plans.set(url, plan);
    return plan;
  };

  const planOf = (element: Element): ProfilePlan | undefined => {
    const type = element.types.length === 1 ? element.types[0]!.code : undefined;
    const base = type === undefined || STRUCTURES.has(type) ? element.path : type;
    const checks = added(element, registry).map((constraint) => checkOf(constraint, base, element.says));
    const inside = new Map<string, ProfilePlan>();
    for (const child of element.children?.values() ?? []) {
      const plan = planOf(child);
      const names = isChoice(child) ? [...choiceNames(child).keys()] : [child.name];
      if (plan) for (const name of names) inside.set(name, plan);
    }
    const slices = new Map<Element, ProfilePlan>();
    for (const slice of element.slices ?? []) {
      const plan = planOf(slice);
      if (plan) slices.set(slice, plan);
    }
    const typed = ofItsType(element);
    for (const [name, plan] of typed?.inside ?? []) inside.set(name, plan);
    const all = [...checks, ...(typed?.checks ?? [])];
    return all.length + inside.size + slices.size > 0 ? { element, checks: all, inside, slices } : undefined;
  };

  /** A profile on the data type of an element. Those of extensions apply by the url of the extension, those of resources by the resource. */
  const ofItsType = (element: Element): ProfilePlan | undefined => {
    const only = element.types.length === 1 ? element.types[0] : undefined;
    if (element.children || only?.code === 'Extension' || registry.isResource(only?.code ?? '')) return undefined;
    return only?.profiles?.length === 1 ? ofProfile(only.profiles[0]!) : undefined;
  };

  return ofProfile;
}

/** Types that say nothing of what is inside. */
const STRUCTURES: ReadonlySet<string> = new Set(['BackboneElement', 'Element']);

/** Snapshots repeat what the type says already, under the same key. */
function added(element: Element, registry: Registry): Constraint[] {
  const own = element.constraints ?? [];
  if (own.length === 0) return [];
  const base = elementAt(element.path, registry);
  const types = element.types.map(({ code }) => registry.type(code));
  const known = new Set(
    [base, registry.type('Element'), ...types].flatMap((e) => e?.constraints ?? []).map((c) => c.key),
  );
  const seen = new Set<string>();
  return own.filter((constraint) => {
    if (known.has(constraint.key) || seen.has(constraint.key) || !isOurs(constraint)) return false;
    seen.add(constraint.key);
    return true;
  });
}

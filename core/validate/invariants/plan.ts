// Where in a type constraints stand: made once a type, so that walking a message looks only where there are any.
import type { Constraint } from '../../definitions/definition';
import { choiceNames, type Element, isChoice } from '../../definitions/element';
import { BASE, type Registry } from '../../definitions/registry';
import type { FhirPathExpression } from '../../knowledge';
import type { Native } from './breach';
import { NATIVES } from './natives';
import { CORRECTED, ELSEWHERE } from './published';

/** A constraint at one kind of place, ready to be asked. */
export interface Check {
  constraint: Constraint;
  /** Type or path of the values it is asked of. */
  base: string;
  /** Canonical url of the definition that asks it. */
  says: string;
  native: Native | undefined;
  /** For the library; undefined when there is none but XPath. */
  expression: string | undefined;
  /** Compiled when first needed; undefined when that failed. */
  compiled?: { run: FhirPathExpression | undefined };
}

/** The constraints of a value, and of what is inside it. */
export interface Plan {
  /** Type of the value; undefined for elements with elements of their own. */
  type: string | undefined;
  checks: readonly Check[];
  /** By property name; only those that lead to a constraint. */
  inside: () => ReadonlyMap<string, Plan>;
}

export interface Plans {
  ofType(name: string): Plan | undefined;
}

export function checkOf(constraint: Constraint, base: string, says: string): Check {
  const published = constraint.expression;
  const corrected = published === undefined ? undefined : CORRECTED.get(published)?.instead;
  const native = published === undefined ? undefined : NATIVES.get(published);
  return { constraint, base, says, native, expression: corrected ?? published };
}

export function isOurs({ expression }: Constraint): boolean {
  return expression === undefined || !ELSEWHERE.has(expression);
}

export function makePlans(registry: Registry): Plans {
  const types = new Map<string, Plan | undefined>();
  const elements = new Map<Element, Plan>();

  const ofType = (name: string): Plan | undefined => {
    if (types.has(name)) return types.get(name);
    const root = registry.type(name);
    const plan = root && planFor(name, root, checksOf(root, name));
    types.set(name, plan);
    return plan;
  };

  const checksOf = (element: Element, base: string): Check[] =>
    (element.constraints ?? []).filter(isOurs).map((constraint) => checkOf(constraint, base, element.says));

  const planFor = (type: string | undefined, element: Element, checks: readonly Check[]): Plan => {
    let children: Map<string, Plan> | undefined;
    const inside = (): ReadonlyMap<string, Plan> => (children ??= childrenOf(element));
    return { type, checks, inside };
  };

  const childrenOf = (element: Element): Map<string, Plan> => {
    const children = new Map<string, Plan>();
    for (const child of registry.childrenOf(element).values()) {
      if (!isChoice(child)) add(children, child.name, child, child.types[0]?.code);
      else for (const [name, { code }] of choiceNames(child)) add(children, name, child, code);
    }
    return children;
  };

  const add = (children: Map<string, Plan>, name: string, element: Element, code: string | undefined): void => {
    const plan = planOf(element, code);
    if (plan) children.set(name, plan);
  };

  const planOf = (element: Element, code: string | undefined): Plan | undefined => {
    if (element.contentReference) return ofReference(element);
    if (element.children) return ofBackbone(element);
    const kind = code === undefined ? undefined : registry.definition(BASE + code)?.kind;
    const own = checksOf(element, code ?? element.path);
    // A resource inside another is walked on its own. Of primitives, only what an element asks besides is looked at.
    if (code === undefined || kind !== 'complex-type')
      return own.length > 0 && kind !== 'resource' ? { type: code, checks: own, inside: nothing } : undefined;
    const plan = ofType(code);
    return plan && (own.length === 0 ? plan : { ...plan, checks: [...plan.checks, ...own] });
  };

  const ofBackbone = (element: Element): Plan => {
    const plan = elements.get(element) ?? planFor(undefined, element, checksOf(element, element.path));
    elements.set(element, plan);
    return plan;
  };

  /** What stands for another element is asked the same, unless it is asked something of its own instead. */
  const ofReference = (element: Element): Plan | undefined => {
    const target = elementAt(element.contentReference!.slice(1), registry);
    const plan = target && ofBackbone(target);
    const own = target ? checksOf(element, target.path) : [];
    return plan && (own.length === 0 ? plan : { ...plan, checks: own });
  };

  return { ofType };
}

const NOTHING: ReadonlyMap<string, Plan> = new Map();
const nothing = (): ReadonlyMap<string, Plan> => NOTHING;

/** The element of base STU3 that a path such as `Composition.section.code` names. */
export function elementAt(path: string, registry: Registry): Element | undefined {
  const [root = '', ...names] = path.split('.');
  return names.reduce<Element | undefined>((at, name) => at && registry.childrenOf(at).get(name), registry.type(root));
}

// One cause, one finding: what a profile has already said of a place need not be said by a constraint as well.
import type { Element } from '../../definitions/element';
import { elementsWithin } from '../locate';
import type { Pointer } from '../../document/pointer';
import { isObject, type Json } from '../../json';
import { nearest } from '../../nearest';
import type { Located } from '../../itk3/message';
import type { Run } from '../stage';
import { propertyNames } from '../shape';
import { type Breach, has, hasChoice } from './breach';

/** @param owner the element whose members the breach is about: inside its resource, and itself */
export function isSaid(breach: Breach, at: Located, owner: Pointer, value: unknown, run: Run): boolean {
  const { lacks = [], excess = [] } = breach;
  if (lacks.length + excess.length === 0 || !isObject(value)) return false;
  const { registry } = run.knowledge;
  for (const element of elementsWithin(at, owner, run.message, run.applicable, run.knowledge)) {
    const children = registry.childrenOf(element);
    const asked = lacks.includes('*') ? [...children.keys()] : lacks;
    if (asked.some((name) => mustBe(children.get(name)) && !isThere(value, name))) return true;
    if (excess.some((name) => children.get(name)?.max === 0)) return true;
    if (lacks.length > 0 && isMisspelt(Object.keys(value), lacks, propertyNames(element, registry))) return true;
  }
  return false;
}

const isThere = (value: Json, name: string): boolean =>
  name.endsWith('[x]') ? hasChoice(value, name.slice(0, -3)) : has(value, name);

function mustBe(child: Element | undefined): boolean {
  return child !== undefined && (child.min > 0 || (child.slices ?? []).some((slice) => slice.min > 0));
}

/** What is missing stands there under a name that is told to be wrong. */
function isMisspelt(keys: string[], lacks: readonly string[], known: string[]): boolean {
  return keys.some((key) => !known.includes(key) && nearest(key, lacks) !== undefined);
}

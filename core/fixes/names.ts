// Names that may not stand where they stand: the name that the value could stand under, and the value as it would be there.
import { choiceNames, isChoice } from '../definitions/element';
import { join, parentOf, type Pointer, segmentsOf, valueAt } from '../document/pointer';
import { bindingOf, insideOf, isForbidden, namesOf, narrowed, type Spot } from '../draft/spot';
import type { Change, Fix } from '../finding';
import { isObject } from '../json';
import { equal } from '../validate/equal';
import type { Fixing, FixMaker } from './fixing';
import { codingOf } from './codes';
import { placeOf } from './place';

/** The name of a choice without its type, or with one that it has not: each form that the value can take. */
export const rightName: FixMaker = ({ pointer }, fixing) => {
  const parent = parentOf(pointer);
  const place = placeOf(parent, fixing);
  const name = segmentsOf(pointer).at(-1)!;
  if (!place || !isObject(place.value)) return [];
  const value = place.value[name];
  for (const [choice, child] of insideOf(place.spot, fixing.knowledge.registry)) {
    if (!isChoice(child[0]!) || !name.startsWith(choice.slice(0, -3)) || isForbidden(child)) continue;
    return asForms(pointer, value, child, fixing);
  }
  // A concept has its codes one level down.
  const inside = insideOf(place.spot, fixing.knowledge.registry);
  if (inside.has('coding') && ['system', 'code', 'display'].includes(name) && place.value.coding === undefined) {
    const { system, code, display, ...rest } = place.value;
    const coding = Object.fromEntries(
      Object.entries({ system, code, display }).filter(([, part]) => part !== undefined),
    );
    const value = { ...rest, coding: [coding] };
    return [{ kind: 'set', title: 'Put it in a coding', sure: true, pointer: parent, value }];
  }
  return [];
};

/** A form of a choice that may not stand: as one that may; of two that exclude each other, either goes. */
export const rightChoice: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  if (fixes.length > 0) return [];
  const parent = parentOf(pointer);
  const place = placeOf(parent, fixing);
  const name = segmentsOf(pointer).at(-1)!;
  if (!place || !isObject(place.value)) return [];
  const owner = place.value;
  for (const child of insideOf(place.spot, fixing.knowledge.registry).values()) {
    const [first] = child;
    if (!first || !isChoice(first) || !name.startsWith(first.name.slice(0, -3))) continue;
    const allowed = namesOf(child);
    const others = allowed.filter((other) => other !== name && Object.hasOwn(owner, other));
    if (others.length > 0)
      return [name, ...others].map((one) => ({
        kind: 'remove',
        title: `Remove ${one}`,
        pointer: join(parent, one),
        sure: false,
      }));
    return asForms(pointer, owner[name], child, fixing);
  }
  return [];
};

function asForms(pointer: Pointer, value: unknown, choice: Spot, fixing: Fixing): Fix[] {
  const parent = parentOf(pointer);
  const fixes = namesOf(choice).flatMap((name): Fix[] => {
    const taken = valueAt(fixing.message.root.resource, join(parent, name));
    if (taken !== undefined)
      return equal(taken, value) ? [{ kind: 'remove', title: 'Remove what is repeated', pointer }] : [];
    const code = choiceNames(choice[0]!).get(name)?.code ?? '';
    const converted = asType(value, code, narrowed(choice, name), fixing);
    if (!converted) return [];
    const rename: Change = { kind: 'rename', pointer, name };
    if (converted.value === value) return [{ title: `Rename to ${name}`, ...rename }];
    const set: Change = { kind: 'set', pointer: join(parent, name), value: converted.value };
    return [{ title: `Change to ${name}`, kind: 'all', changes: [rename, set] }];
  });
  return fixes.length === 1 ? [{ ...fixes[0]!, sure: true }] : fixes;
}

/** A value in another type; undefined where it cannot be written so. */
function asType(value: unknown, code: string, spot: Spot, fixing: Fixing): { value: unknown } | undefined {
  if (typeof value === 'string') {
    if (['string', 'uri', 'code', 'markdown'].includes(code)) return { value };
    if (code !== 'CodeableConcept' && code !== 'Coding') return undefined;
    const coding = codingOf(value, bindingOf(spot), fixing.knowledge);
    if (code === 'Coding') return coding && { value: coding };
    return { value: coding ? { coding: [coding] } : { text: value } };
  }
  if (typeof value === 'boolean') return code === 'boolean' ? { value } : undefined;
  if (typeof value === 'number') return ['integer', 'decimal'].includes(code) ? { value } : undefined;
  if (!isObject(value)) return undefined;
  const codings = valueAt(value, '/coding');
  if (code === 'CodeableConcept' && typeof value.code === 'string') return { value: { coding: [value] } };
  if (code === 'Coding' && Array.isArray(codings) && codings.length === 1) return { value: codings[0] };
  if (code === 'CodeableConcept' && Array.isArray(codings)) return { value };
  return code === 'Reference' && typeof value.reference === 'string' ? { value } : undefined;
}

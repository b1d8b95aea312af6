// What all profiles together say of one place in a message.
import type { Binding, TypeReference } from '../definitions/definition';
import { childNamed, choiceNames, type Element, isChoice, isExtension, isList } from '../definitions/element';
import type { Registry } from '../definitions/registry';

/** One element for each profile that applies. */
export type Spot = readonly Element[];

export function isMany(spot: Spot): boolean {
  return spot.some(isList);
}

export function isRequired(spot: Spot): boolean {
  return spot.some((e) => e.min > 0 || (e.slices?.some((slice) => slice.min > 0) ?? false)) && !isForbidden(spot);
}

export function isForbidden(spot: Spot): boolean {
  return spot.some((e) => e.max === 0);
}

export function leastOf(spot: Spot): number {
  return Math.max(...spot.map((e) => e.min));
}

export function mostOf(spot: Spot): number {
  return Math.min(...spot.map((e) => e.max));
}

/** The types that all allow. */
export function typesOf(spot: Spot): TypeReference[] {
  const [narrowest, ...others] = [...spot].sort((a, b) => a.types.length - b.types.length);
  const shared = narrowest?.types.filter(({ code }) =>
    others.every(({ types }) => types.length === 0 || types.some((t) => t.code === code)),
  );
  return shared && shared.length > 0 ? shared : (narrowest?.types ?? []);
}

export function fixedIn(spot: Spot): unknown {
  return spot.find((e) => e.fixed !== undefined)?.fixed;
}

/** The binding that counts most: a required one before others, one of an example last. */
export function bindingOf(spot: Spot): Binding | undefined {
  const bindings = spot.flatMap((e) => e.binding ?? []);
  const order = ['required', 'extensible', 'preferred', 'example'];
  return bindings.sort((a, b) => order.indexOf(a.strength) - order.indexOf(b.strength))[0];
}

/** What is inside, by name, in STU3's order; a choice by the name of the choice. */
export function insideOf(spot: Spot, registry: Registry): Map<string, Element[]> {
  const inside = new Map<string, Element[]>();
  for (const element of spot)
    for (const [name, child] of registry.childrenOf(element)) {
      const known = inside.get(name);
      if (known) known.push(child);
      else inside.set(name, [child]);
    }
  return inside;
}

/** A choice by one of its names, which says its type. */
export function narrowed(spot: Spot, name: string): Element[] {
  return spot.flatMap((e) => childNamed(new Map([[e.name, e]]), name) ?? []);
}

/** The names by which a property may stand: of a choice one for each type that all allow. */
export function namesOf(spot: Spot): string[] {
  const [first] = spot;
  if (!first || !isChoice(first)) return first ? [first.name] : [];
  const allowed = new Set(typesOf(spot).map((t) => t.code));
  return [...choiceNames(first)].filter(([, type]) => allowed.has(type.code)).map(([name]) => name);
}

/** Slices by their names, with what every profile says of them. */
export function slicesOf(spot: Spot): Element[][] {
  const byName = new Map<string, Element[]>();
  for (const slice of spot.flatMap((e) => e.slices ?? [])) {
    const known = byName.get(slice.sliceName!);
    if (known) known.push(slice);
    else byName.set(slice.sliceName!, [slice]);
  }
  return [...byName.values()];
}

/** Of what may stand once, the slice that must be there. */
export function oneSlice(spot: Spot): Spot {
  return slicesOf(spot).find((slice) => leastOf(slice) > 0) ?? spot;
}

/** What is fixed in it, by which its slice is told; undefined where nothing is. */
export function fixedParts(spot: Spot): unknown {
  const fixed = fixedIn(spot);
  if (fixed !== undefined) return fixed;
  const url = spot.flatMap((e) => (e.types[0]?.code === 'Extension' ? (e.types[0].profiles ?? []) : []))[0];
  const parts: [string, unknown][] = url === undefined ? [] : [['url', url]];
  for (const { children } of spot)
    for (const [name, child] of children ?? []) {
      const part = isExtension(child) || isChoice(child) ? undefined : fixedParts([child]);
      if (part !== undefined) parts.push([name, isList(child) ? [part] : part]);
    }
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

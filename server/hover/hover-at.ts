// A hover as markdown: on a name what is asked of it, on a value what it stands for, and then the other in short.
import { parentOf, type Pointer, segmentsOf } from '../../core/document/pointer';
import { elementsWithin } from '../../core/validate/locate';
import { childNamed, type Element, plainName } from '../../core/definitions/element';
import type { Binding } from '../../core/definitions/definition';
import { describe } from '../describe';
import { exampleOf } from './examples';
import { askedFor, explain, headline, inShort, saidBy } from './explain';
import { askedHere, rulesHere } from './guide';
import { bindingsAt, codingPart } from '../bindings';
import { meaningsOf } from './meanings';
import { type Around, pathOf, type Spot, spotAt } from './spot';
import { writtenAt } from './written';

/** Undefined where nothing is known. */
export function hoverAt(pointer: Pointer, part: 'key' | 'value', around: Around): string | undefined {
  const spot = spotAt(pointer, around);
  if (!spot) return undefined;
  const means = meaningsOf(spot).join('\n\n');
  if (part === 'value') return joined(means, elementOf(spot, means === '' ? 'whole' : 'short'));
  return joined(elementOf(spot, 'name'), means.split('\n\n')[0]);
}

function joined(first: string | undefined, second: string | undefined): string | undefined {
  const texts = [first, second].filter((text) => text !== undefined && text !== '');
  return texts.length === 0 ? undefined : texts.join('\n\n---\n\n');
}

/** @param how on a name with an example; on a value, which has its meaning first, in short */
function elementOf(spot: Spot, how: 'name' | 'whole' | 'short'): string | undefined {
  const { knowledge, name, pointer, at } = spot;
  if (name === 'resourceType' && pointer === `${at.pointer}/resourceType`) return how === 'name' ? RESOURCE_TYPE : '';
  const isInner = how === 'name' && pointer === at.pointer && pointer !== '';
  const path = isInner ? outerPath(spot) : pathOf(spot);
  const found = describe(isInner ? outerElements(spot) : spot.elements, knowledge.registry);
  if (!found) return undefined;
  const described = found.bindings.length === 0 && isCode(spot) ? { ...found, bindings: bindingsHere(spot) } : found;
  const head = headline(path, described, knowledge);
  const here = askedHere(path, spot);
  if (how === 'short')
    return [head, inShort(described, knowledge), askedFor(here), saidBy(described, knowledge)]
      .filter(Boolean)
      .join('\n\n');
  const asked = askedFor([...here, ...rulesHere(path, spot)]);
  const example = how === 'name' ? exampleOf(spot, described) : undefined;
  return `${head}\n\n${explain(described, knowledge, { base: baseOf(spot), lines: [asked, example], written: (value) => writtenAt(spot, value) })}`;
}

/** The codes of a Coding are bound where the concept is. */
function isCode({ name, pointer, elementsAt }: Spot): boolean {
  return name === 'coding' || codingPart(pointer, elementsAt) === 'code';
}

function bindingsHere({ pointer, elementsAt }: Spot): Binding[] {
  return [...new Map(bindingsAt(pointer, elementsAt).map((binding) => [binding.valueSet, binding])).values()];
}

/** The element as STU3 itself has it, by the names that lead to it. */
function baseOf({ at, pointer, knowledge: { registry } }: Spot): Element | undefined {
  const names = segmentsOf(pointer.slice(at.pointer.length)).filter((name) => !/^\d+$/.test(name));
  return names.reduce<Element | undefined>(
    (element, name) => element && childNamed(registry.childrenOf(element), plainName(name)),
    registry.type(at.type),
  );
}

/** Not an element, so no definition has it. */
const RESOURCE_TYPE =
  '**resourceType** · `code`\n\n`1..1` required\n\nThe type of the resource, which says what may stand in it. In XML it is the name of the element.\n\nFrom [FHIR STU3, JSON format](http://hl7.org/fhir/STU3/json.html)';

/** The property that holds a resource belongs to what is around it. */
function outerElements({ at, pointer, message, applicable, knowledge }: Spot): Element[] {
  const outer = at.container ?? at.bundle;
  if (!outer) return [];
  return elementsWithin(outer, pointer.slice(outer.pointer.length), message, applicable, knowledge).filter((element) =>
    element.path.includes('.'),
  );
}

function outerPath({ at, pointer }: Spot): string {
  const outer = at.container ?? at.bundle;
  const names = segmentsOf(pointer.slice(outer?.pointer.length ?? parentOf(pointer).length));
  return [outer?.type, ...names.filter((name) => !/^\d+$/.test(name))].join('.');
}

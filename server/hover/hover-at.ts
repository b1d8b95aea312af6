// A hover as markdown: on a name what is asked of it, on a value what it stands for, and then the other in short.
import { parentOf, type Pointer, segmentsOf } from '../../core/document/pointer';
import { elementsWithin } from '../../core/validate/locate';
import { childNamed, type Element, plainName } from '../../core/definitions/element';
import { describe } from '../describe';
import { exampleOf } from './examples';
import { askedFor, explain, headline, inShort, saidBy } from './explain';
import { askedAt } from './guide';
import { meaningsOf } from './meanings';
import { type Around, pathOf, type Spot, spotAt } from './spot';

/** Undefined where nothing is known. */
export function hoverAt(pointer: Pointer, part: 'key' | 'value', around: Around): string | undefined {
  const spot = spotAt(pointer, around);
  if (!spot) return undefined;
  const means = meaningsOf(spot).join('\n\n');
  if (part === 'value') return joined(means, elementOf(spot, means === '' ? 'whole' : 'short'));
  return joined(elementOf(spot, 'name'), means.split('\n\n---\n\n')[0]!.split('\n\n')[0]!);
}

function joined(first: string | undefined, second: string | undefined): string | undefined {
  const texts = [first, second].filter((text) => text !== undefined && text !== '');
  return texts.length === 0 ? undefined : texts.join('\n\n---\n\n');
}

/** @param how on a name with an example; on a value, which has its meaning first, in short */
function elementOf(spot: Spot, how: 'name' | 'whole' | 'short'): string | undefined {
  const { knowledge, name, value, pointer, at } = spot;
  if (name === 'resourceType' && pointer === `${at.pointer}/resourceType`) return how === 'name' ? RESOURCE_TYPE : '';
  const isInner = how === 'name' && pointer === at.pointer && pointer !== '';
  const path = isInner ? outerPath(spot) : pathOf(spot);
  const described = describe(isInner ? outerElements(spot) : spot.elements, knowledge.registry);
  if (!described) return undefined;
  const head = headline(path, described, knowledge);
  const asked = askedFor(askedAt(path, spot));
  if (how === 'short')
    return [head, inShort(described, knowledge), asked, saidBy(described, knowledge)].filter(Boolean).join('\n\n');
  const example = how === 'name' && value !== null ? exampleOf(spot, described) : undefined;
  return `${head}\n\n${explain(described, knowledge, { base: baseOf(spot), lines: [asked, example] })}`;
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

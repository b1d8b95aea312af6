// What FHIR XML needs to know of an element: its place among its siblings, whether it is a list, and how its value is written.
import { choiceNames, type Element, isChoice, isList } from '../definitions/element';
import { BASE, type Registry } from '../definitions/registry';

export interface ElementKind {
  /** Counts as STU3 lists the elements; the names of one choice share it. */
  order: number;
  isList: boolean;
  /** Of the value, such as `dateTime`; undefined where the element has its own structure, as `Bundle.entry`. */
  type: string | undefined;
  /** A primitive has its value in the attribute `value`; an attribute is one itself; a resource stands inside by its type's name. */
  form: 'primitive' | 'complex' | 'resource' | 'xhtml' | 'attribute';
  /** What may stand inside it. */
  inside: () => Kinds;
  /** The name in JSON of what stands beside a primitive. */
  beside: string;
}

/** By the name of the element, in the order of STU3. */
export type Kinds = ReadonlyMap<string, ElementKind>;

const NONE: Kinds = new Map();

/** Asked at every element of a message, so they are made once for each list of elements. */
const KNOWN = new WeakMap<Registry, Map<unknown, Kinds>>();

/** What may stand in a resource; undefined where STU3 has none of the name. */
export function kindsOfResource(type: string, registry: Registry): Kinds | undefined {
  return registry.isResource(type) ? kindsIn(registry.type(type)?.children, 'resource', registry) : undefined;
}

function kindsIn(
  children: ReadonlyMap<string, Element> | undefined,
  owner: 'resource' | 'type' | 'Extension',
  registry: Registry,
): Kinds {
  if (!children) return NONE;
  const known = KNOWN.get(registry) ?? new Map<unknown, Kinds>();
  KNOWN.set(registry, known);
  let kinds = known.get(children);
  if (kinds) return kinds;
  const made = new Map<string, ElementKind>();
  known.set(children, (kinds = made));
  let order = 0;
  for (const [name, element] of children) {
    // The id of an element and the url of an extension are attributes (http://hl7.org/fhir/STU3/xml.html).
    const isAttribute = (name === 'id' && owner !== 'resource') || (name === 'url' && owner === 'Extension');
    if (isChoice(element))
      for (const [chosen, type] of choiceNames(element))
        made.set(chosen, kindOf(chosen, { ...element, types: [type] }, order, false, registry));
    else made.set(name, kindOf(name, element, order, isAttribute, registry));
    order++;
  }
  return kinds;
}

function kindOf(name: string, element: Element, order: number, isAttribute: boolean, registry: Registry): ElementKind {
  const type = element.types.length === 1 ? element.types[0]!.code : undefined;
  const isPrimitive =
    type !== undefined && !element.children && registry.definition(BASE + type)?.kind === 'primitive-type';
  const form = isAttribute
    ? 'attribute'
    : type === 'xhtml'
      ? 'xhtml'
      : type === 'Resource'
        ? 'resource'
        : isPrimitive
          ? 'primitive'
          : 'complex';
  const owner = type === 'Extension' ? 'Extension' : 'type';
  const found = (): Kinds =>
    form === 'complex' || form === 'primitive'
      ? kindsIn(
          form === 'primitive' ? registry.type('Element')?.children : registry.childrenOf(element, type),
          owner,
          registry,
        )
      : NONE;
  let kinds: Kinds | undefined;
  const inside = (): Kinds => (kinds ??= found());
  return { order, isList: isList(element), type, form, inside, beside: `_${name}` };
}

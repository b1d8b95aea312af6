import type { CodeSystem, Definition, MessageDefinition, Package, ValueSet } from './definition';
import type { Element } from './element';
import { applyDifferential, growTree } from './snapshot';

/** Everything known, by canonical url. Trees are grown when first asked for and kept. */
export interface Registry {
  definition(url: string): Definition | undefined;
  /** The tree of a type or profile; undefined when it, or its base, is unknown. */
  tree(url: string): Element | undefined;
  /** The tree of a STU3 type by its name: `Patient`, `HumanName`. */
  type(name: string): Element | undefined;
  isResource(typeName: string): boolean;
  resourceTypes(): string[];
  /** The elements inside an element when its value is of the type (its only type, unless named): its own, its profile's, or its type's. */
  childrenOf(element: Element, typeCode?: string): ReadonlyMap<string, Element>;
  codeSystem(url: string): CodeSystem | undefined;
  valueSet(url: string): ValueSet | undefined;
  messageDefinition(url: string): MessageDefinition | undefined;
  messageDefinitions(): MessageDefinition[];
  /** Of two for the same event, the one of the later package. */
  messageDefinitionOf(event: { system?: unknown; code?: unknown }): MessageDefinition | undefined;
  /** Urls of all profiles of resources and data types (not base types, not extensions). */
  profileUrls(): string[];
  extensionUrls(): string[];
}

export const BASE = 'http://hl7.org/fhir/StructureDefinition/';

const NONE: ReadonlyMap<string, Element> = new Map();

/** @param packages base STU3 first; a later package wins where two define the same url. */
export function createRegistry(packages: readonly Package[]): Registry {
  const definitions = byUrl(packages.flatMap((p) => p.definitions));
  const codeSystems = byUrl(packages.flatMap((p) => p.codeSystems));
  const valueSets = byUrl(packages.flatMap((p) => p.valueSets));
  const messages = byUrl(packages.flatMap((p) => p.messageDefinitions));
  const trees = new Map<string, Element | undefined>();
  const resources = [...definitions.values()]
    .filter((d) => d.kind === 'resource' && d.derivation === 'specialization' && !d.abstract)
    .map((d) => d.type);
  const resourceSet = new Set(resources);
  const constraints = [...definitions.values()].filter((d) => d.derivation === 'constraint');

  const tree = (canonical: string): Element | undefined => {
    const url = withoutVersion(canonical);
    if (trees.has(url)) return trees.get(url);
    trees.set(url, undefined); // a profile that is based on itself is no profile
    const definition = definitions.get(url);
    const grown = definition && grow(definition);
    trees.set(url, grown);
    return grown;
  };

  const grow = (definition: Definition): Element | undefined => {
    if (definition.derivation !== 'constraint') return growTree(definition);
    const base = definition.base === undefined ? undefined : tree(definition.base);
    return base && applyDifferential(definition, base, childrenOf);
  };

  const type = (name: string): Element | undefined => tree(BASE + name);

  const childrenOf = (element: Element, typeCode?: string): ReadonlyMap<string, Element> => {
    if (element.children) return element.children;
    if (element.contentReference) return follow(element)?.children ?? NONE;
    const only = element.types.length === 1 ? element.types[0] : undefined;
    const profile = only?.profiles?.length === 1 ? tree(only.profiles[0]!) : undefined;
    const code = typeCode ?? only?.code;
    return (profile ?? (code === undefined ? undefined : type(code)))?.children ?? NONE;
  };

  const follow = (element: Element): Element | undefined => {
    const [root, ...names] = element.contentReference!.slice(1).split('.');
    return names.reduce<Element | undefined>((at, name) => at?.children?.get(name), type(root!));
  };

  return {
    definition: (url) => definitions.get(withoutVersion(url)),
    tree,
    type,
    isResource: (name) => resourceSet.has(name),
    resourceTypes: () => resources,
    childrenOf,
    codeSystem: (url) => codeSystems.get(withoutVersion(url)),
    valueSet: (url) => valueSets.get(withoutVersion(url)),
    messageDefinition: (url) => messages.get(withoutVersion(url)),
    messageDefinitions: () => [...messages.values()],
    messageDefinitionOf: (event) =>
      [...messages.values()].findLast((m) => m.event.system === event.system && m.event.code === event.code),
    profileUrls: () => constraints.filter((d) => d.type !== 'Extension').map((d) => d.url),
    extensionUrls: () => constraints.filter((d) => d.type === 'Extension').map((d) => d.url),
  };
}

/** Canonical urls may end in `|version`; the toolkit holds one version of each. */
export function withoutVersion(url: string): string {
  const bar = url.indexOf('|');
  return bar < 0 ? url : url.slice(0, bar);
}

/** The name at the end of a canonical url. */
export function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function byUrl<T extends { url: string }>(list: T[]): Map<string, T> {
  return new Map(list.map((item) => [item.url, item]));
}

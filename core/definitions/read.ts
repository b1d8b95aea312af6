// Reads FHIR STU3 conformance resources into the toolkit's trimmed form. Used by the build on the STU3 package and on
// profiles/, and at run time on a user's own package.
import { type Json, list, object, text } from '../json';
import type {
  Binding,
  CodeSystem,
  Concept,
  Constraint,
  Definition,
  ElementDefinition,
  MessageDefinition,
  Package,
  Slicing,
  TypeReference,
  ValueSet,
  ValueSetPart,
} from './definition';
import { withRowIds } from './row-ids';

export function emptyPackage(): Package {
  return { definitions: [], codeSystems: [], valueSets: [], messageDefinitions: [] };
}

/** Adds a resource to a package; false when it is not a kind the toolkit uses. */
export function addResource(target: Package, resource: unknown): boolean {
  const json = object(resource);
  switch (json.resourceType) {
    case 'StructureDefinition':
      target.definitions.push(readDefinition(json));
      return true;
    case 'CodeSystem':
      target.codeSystems.push(readCodeSystem(json));
      return true;
    case 'ValueSet':
      target.valueSets.push(readValueSet(json));
      return true;
    case 'MessageDefinition':
      target.messageDefinitions.push(readMessageDefinition(json));
      return true;
    default:
      return false;
  }
}

export function readDefinition(json: Json): Definition {
  const derivation = text(json.derivation) as Definition['derivation'];
  const rows = derivation === 'constraint' ? (json.differential ?? json.snapshot) : json.snapshot;
  const elements = array(object(rows).element);
  const isExtension = json.type === 'Extension' && derivation === 'constraint';
  return trim({
    url: text(json.url) ?? '',
    name: text(json.name) ?? text(json.id) ?? '',
    title: text(json.title),
    version: text(json.version),
    type: text(json.type) ?? '',
    kind: text(json.kind) as Definition['kind'],
    abstract: json.abstract === true || undefined,
    base: text(json.baseDefinition),
    derivation,
    contexts: isExtension ? contextsOf(json) : undefined,
    isModifier: (isExtension && elements[0]?.isModifier === true) || undefined,
    elements: withRowIds(elements).map(readElement),
  });
}

/** Undefined where an extension may stand anywhere, or where it is told by a mapping that nobody can check. */
function contextsOf(json: Json): string[] | undefined {
  if (json.contextType !== 'resource' && json.contextType !== 'datatype') return undefined;
  const contexts = strings(json.context).flatMap((context) => context.split(','));
  return contexts.some((c) => c === '*' || c === 'Any' || c === 'Element') ? undefined : some(contexts);
}

function readElement(json: Json): ElementDefinition {
  return trim({
    id: text(json.id) ?? '',
    short: text(json.short),
    definition: text(json.definition),
    min: typeof json.min === 'number' ? json.min : undefined,
    max: text(json.max),
    types: readTypes(array(json.type)),
    binding: readBinding(json.binding),
    fixed: polymorphic(json, 'fixed'),
    pattern: polymorphic(json, 'pattern'),
    contentReference: text(json.contentReference),
    maxLength: typeof json.maxLength === 'number' ? json.maxLength : undefined,
    slicing: readSlicing(json.slicing),
    mustSupport: json.mustSupport === true || undefined,
    constraints: some(array(json.constraint).map(readConstraint)),
  });
}

/** STU3 repeats a type for each profile or target; here each type stands once. */
function readTypes(json: Json[]): TypeReference[] | undefined {
  const types = new Map<string, TypeReference>();
  for (const entry of json) {
    // Primitive values and ids carry their type only as an extension on an absent code.
    const code = text(entry.code) ?? 'string';
    const type = types.get(code) ?? { code };
    types.set(code, type);
    const profile = text(entry.profile);
    const target = text(entry.targetProfile);
    if (profile && !type.profiles?.includes(profile)) (type.profiles ??= []).push(profile);
    if (target && !type.targets?.includes(target)) (type.targets ??= []).push(target);
  }
  return some([...types.values()]);
}

function readBinding(value: unknown): Binding | undefined {
  const json = object(value);
  const valueSet = text(json.valueSetUri) ?? text(object(json.valueSetReference).reference);
  return valueSet ? { strength: text(json.strength) as Binding['strength'], valueSet } : undefined;
}

function readSlicing(value: unknown): Slicing | undefined {
  if (value === undefined) return undefined;
  const json = object(value);
  return trim({
    discriminators: array(json.discriminator).map((d) => ({ type: text(d.type) ?? '', path: text(d.path) ?? '' })),
    rules: (text(json.rules) ?? 'open') as Slicing['rules'],
    ordered: json.ordered === true || undefined,
  });
}

function readConstraint(json: Json): Constraint {
  return trim({
    key: text(json.key) ?? '',
    severity: json.severity === 'warning' ? 'warning' : 'error',
    human: text(json.human) ?? '',
    expression: text(json.expression),
  });
}

function readCodeSystem(json: Json): CodeSystem {
  const concepts: Concept[] = [];
  const collect = (entries: Json[], parent?: string): void => {
    for (const entry of entries) {
      const code = text(entry.code) ?? '';
      const properties = propertiesOf(entry);
      concepts.push(
        trim({ code, display: text(entry.display), definition: text(entry.definition), parent, properties }),
      );
      collect(array(entry.concept), code);
    }
  };
  collect(array(json.concept));
  return trim({
    url: text(json.url) ?? '',
    name: text(json.name),
    version: text(json.version),
    complete: json.content === 'complete' && concepts.length > 0,
    concepts,
  });
}

function propertiesOf(concept: Json): Record<string, string> | undefined {
  const named = array(concept.property).flatMap(({ code, ...value }): [string, string][] => {
    const said = Object.values(value)[0];
    const plain = typeof said === 'string' || typeof said === 'boolean' || typeof said === 'number';
    return typeof code === 'string' && plain ? [[code, String(said)]] : [];
  });
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

function readValueSet(json: Json): ValueSet {
  const compose = object(json.compose);
  const include = array(compose.include).map(readPart);
  return trim({
    url: text(json.url) ?? '',
    name: text(json.name),
    title: text(json.title),
    include: include.length > 0 ? include : readExpansion(object(json.expansion)),
    exclude: some(array(compose.exclude).map(readPart)),
  });
}

/** Some value sets are published only as what they came to; a part of it would say that the rest is wrong. */
function readExpansion(expansion: Json): ValueSetPart[] {
  let count = 0;
  const parts = new Map<string, ValueSetPart & { concepts: NonNullable<ValueSetPart['concepts']> }>();
  const collect = (entries: Json[]): void => {
    for (const entry of entries) {
      count++;
      const [system, code] = [text(entry.system), text(entry.code)];
      if (system !== undefined && code !== undefined && entry.abstract !== true) {
        const part = parts.get(system) ?? { system, concepts: [] };
        parts.set(system, part);
        part.concepts.push(trim({ code, display: text(entry.display) }));
      }
      collect(array(entry.contains));
    }
  };
  collect(array(expansion.contains));
  return typeof expansion.total === 'number' && expansion.total > count ? [] : [...parts.values()];
}

function readPart(json: Json): ValueSetPart {
  return trim({
    system: text(json.system),
    concepts: some(array(json.concept).map((c) => trim({ code: text(c.code) ?? '', display: text(c.display) }))),
    filters: some(
      array(json.filter).map((f) => ({
        property: text(f.property) ?? '',
        op: text(f.op) ?? '',
        value: text(f.value) ?? '',
      })),
    ),
    valueSets: some(strings(json.valueSet)),
  });
}

function readMessageDefinition(json: Json): MessageDefinition {
  const event = object(json.event);
  const focus = array(json.focus)[0];
  const profile = object(focus?.profile);
  return trim({
    url: text(json.url) ?? '',
    title: text(json.title),
    event: { system: text(event.system) ?? '', code: text(event.code) ?? '', display: text(event.display) },
    focus: focus && trim({ type: text(focus.code) ?? '', profile: text(profile.reference) }),
    assets: array(profile.extension)
      .flatMap((bundled) => array(bundled.extension))
      .flatMap((asset) => array(asset.extension))
      .flatMap((member) => text(object(member.valueReference).reference) ?? []),
    responses: array(json.allowedResponse).flatMap((r) => text(object(r.message).reference) ?? []),
  });
}

function polymorphic(json: Json, prefix: string): unknown {
  const key = Object.keys(json).find((k) => k.startsWith(prefix) && k !== prefix);
  return key === undefined ? undefined : json[key];
}

function array(value: unknown): Json[] {
  return list(value).map(object);
}

function strings(value: unknown): string[] {
  return list(value).flatMap((v) => text(v) ?? []);
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Drops absent members, so that the built file holds only what is said. */
function trim<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

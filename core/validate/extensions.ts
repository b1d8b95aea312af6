// Extensions: is each known, and does it stand where its definition lets it?
import type { Definition, TypeReference } from '../definitions/definition';
import type { Element } from '../definitions/element';
import { BASE, type Registry } from '../definitions/registry';
import { join, type Pointer } from '../document/pointer';
import type { Finding } from '../finding';
import { isObject, list } from '../json';
import { nearestUrl } from './positions';
import type { Run } from './stage';
import { either, shortened } from './wording';

interface Where extends Pick<Run, 'knowledge' | 'report'> {
  /** Urls that are not known and have been told of: each is told once a message. */
  strangers: Set<string>;
}

type Property = 'extension' | 'modifierExtension';

interface Extended {
  owner: Element;
  /** Of its value. */
  type: TypeReference | undefined;
  /** The extensions that a profile names here. */
  slices: readonly Element[];
}

export function checkExtensions(
  extensions: unknown,
  property: Property,
  { owner, type, slices }: Extended,
  parent: Pointer,
  where: Where,
): void {
  // The parts of a complex extension have names of their own.
  if (type?.code === 'Extension' || owner.path === 'Extension') return;
  const { registry } = where.knowledge;
  const urls = new Set(list(extensions).map((extension) => isObject(extension) && extension.url));
  const profiled = slices.flatMap((slice) => slice.types[0]?.profiles ?? []);
  const missed = slices.flatMap((slice) => (slice.min > 0 ? (slice.types[0]?.profiles ?? []) : []));
  list(extensions).forEach((extension, i) => {
    if (!isObject(extension) || typeof extension.url !== 'string') return;
    const { url } = extension;
    const pointer = join(parent, property, i, 'url');
    const definition = registry.definition(url);
    const say = (message: string, more: Partial<Finding> = {}): void =>
      where.report({ rule: 'extension', severity: 'error', pointer, part: 'value', message, ...more });
    if (!url.includes(':')) say(`The url of an extension is absolute: "${shortened(url)}" names none.`);
    else if (!definition)
      stranger(
        url,
        pointer,
        property,
        missed.filter((m) => !urls.has(m)),
        where,
        say,
      );
    else if (definition.type !== 'Extension')
      say(`${definition.name} is a profile of ${definition.type}, not an extension.`);
    else {
      const source = { title: definition.name, url };
      // A profile may place it where its own definition forgot to.
      const contexts = profiled.includes(url) ? [] : (definition.contexts ?? []);
      if (contexts.length > 0 && !contexts.some((context) => isOf(context, owner, type, registry)))
        say(`The extension ${definition.name} may stand in ${either(contexts)} only, not in ${owner.path}.`, {
          source,
        });
      const right: Property = definition.isModifier ? 'modifierExtension' : 'extension';
      if (right !== property)
        say(
          definition.isModifier
            ? `The extension ${definition.name} changes the meaning of what it stands in, so it must stand in modifierExtension.`
            : `The extension ${definition.name} changes no meaning, so it must stand in extension, not in modifierExtension.`,
          { source },
        );
    }
  });
}

function stranger(
  url: string,
  pointer: Pointer,
  property: Property,
  missed: readonly string[],
  { knowledge: { registry }, strangers }: Where,
  say: (message: string, more: Partial<Finding>) => void,
): void {
  if (strangers.has(url)) return;
  strangers.add(url);
  const near = nearestUrl(url, registry.extensionUrls());
  if (near !== undefined)
    say(`This extension is not known here: did you mean ${near}?`, {
      severity: missed.includes(near) ? 'error' : 'warning',
      fixes: [{ kind: 'set', title: `Change to ${near}`, pointer, value: near }],
    });
  else if (property === 'modifierExtension')
    say('This extension is not known here: a receiver that does not know it either must refuse what it stands in.', {
      severity: 'warning',
    });
  else if (url.startsWith(BASE)) say('FHIR STU3 defines no such extension.', { severity: 'warning' });
  else say('This extension is not known here, so nothing is checked inside it.', { severity: 'information' });
}

/** Whether an extension may stand in an element, as far as its own definition says. */
export function mayStandIn({ contexts = [] }: Definition, owner: Element, registry: Registry): boolean {
  return contexts.length === 0 || contexts.some((context) => isOf(context, owner, owner.types[0], registry));
}

/** Whether an element is what a context names: the element itself, its type, or what that type is based on. */
function isOf(context: string, owner: Element, type: TypeReference | undefined, registry: Registry): boolean {
  if (context === owner.path) return true;
  let code = type?.code ?? owner.types[0]?.code;
  while (code !== undefined && code !== '') {
    if (context === code) return true;
    const base = registry.definition(BASE + code)?.base;
    code = base?.startsWith(BASE) ? base.slice(BASE.length) : undefined;
  }
  return false;
}

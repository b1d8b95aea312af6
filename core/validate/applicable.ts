// Which profiles apply to each resource of a message. The stage of profiles finds it out on its way; this finds nothing else.
import type { TypeReference } from '../definitions/definition';
import { childNamed, type Element, isChoice, plainName } from '../definitions/element';
import type { Registry } from '../definitions/registry';
import { type Located, type Message, referenceIn, resolve } from '../itk3/message';
import { isObject, type Json } from '../json';
import type { Knowledge } from '../knowledge';
import { claimedProfiles, positionProfiles } from './positions';
import { targetTypes } from './references';
import { sliceOf } from './slicing';
import type { Applicable } from './stage';

export type Assign = (located: Located, profile: string) => void;

/**
 * Hands on each resource with every profile that applies to it, or with its STU3 type where none does.
 * @param applicable is filled
 * @param claimed the profiles that a resource claims for itself
 * @param walk may show that a profile applies to another resource
 */
export function eachProfiled(
  { message, knowledge, applicable }: { message: Message; knowledge: Knowledge; applicable: Applicable },
  claimed: (located: Located) => string[],
  walk: (located: Located, tree: Element, assign: Assign) => void,
): void {
  const { registry } = knowledge;
  const queue: [Located, string][] = [];
  const assign: Assign = (located, url) => {
    const urls = applicable.get(located) ?? new Set();
    applicable.set(located, urls);
    if (urls.has(url) || registry.definition(url)?.type !== located.type) return;
    urls.add(url);
    queue.push([located, url]);
  };
  for (const located of message.resources) for (const url of claimed(located)) assign(located, url);
  for (const [located, url] of positionProfiles(message, knowledge)) assign(located, url);
  const walked = (located: Located, tree: Element | undefined): void => {
    if (tree) walk(located, tree, assign);
  };
  // Walking one resource may show that a profile applies to another, so the queue grows while it is read.
  for (const [located, url] of queue) walked(located, registry.tree(url));
  queue.length = 0;
  for (const located of message.resources) {
    if ((applicable.get(located)?.size ?? 0) > 0) continue;
    walked(located, registry.type(located.type));
    for (const [late, url] of queue.splice(0)) walked(late, registry.tree(url));
  }
}

/** The profiles that apply to each resource, as the stage of profiles finds them. */
export function applicableProfiles(message: Message, knowledge: Knowledge): Applicable {
  const applicable: Applicable = new Map();
  const strangers = new Set<string>();
  const silent = (): void => undefined;
  eachProfiled(
    { message, knowledge, applicable },
    (located) => claimedProfiles(located, knowledge, silent, strangers),
    (at, tree, assign) => walkObject(at.resource, tree, tree.types[0], { message, knowledge, at, assign }),
  );
  return applicable;
}

interface Walk {
  message: Message;
  knowledge: Knowledge;
  at: Located;
  assign: Assign;
}

/** Only what is an object can lead to a resource. */
function walkObject(value: Json, owner: Element, type: TypeReference | undefined, walk: Walk): void {
  let children: ReadonlyMap<string, Element> | undefined;
  for (const key of Object.keys(value)) {
    const inside = value[key];
    if (typeof inside !== 'object' || inside === null) continue;
    children ??= walk.knowledge.registry.childrenOf(owner, type?.code);
    const name = plainName(key);
    const element = children.get(name) ?? choiceNamed(children, name);
    if (!element || element.max === 0) continue;
    const items: unknown[] = Array.isArray(inside) ? inside : [inside];
    for (const item of items) {
      if (!isObject(item)) continue;
      // The id and extensions of a primitive stand beside it.
      if (name !== key) walkObject(item, element, element.types[0], walk);
      else walkValue(item, element, walk);
    }
  }
}

function walkValue(value: Json, element: Element, walk: Walk): void {
  const slice = element.slices && sliceOf(value, element, walk);
  const said = slice ?? element;
  const types = slice && !isChoice(element) ? slice.types : element.types;
  const type = types.length === 1 ? types[0] : undefined;
  if (typeof value.resourceType === 'string') {
    const inner = walk.message.located.get(value);
    for (const profile of type?.profiles ?? []) if (inner) walk.assign(inner, profile);
    return;
  }
  if (type?.code === 'Reference') follow(value, said, walk);
  walkObject(value, said, type, walk);
  const byUrl = extensionByUrl(value, type, walk.knowledge.registry);
  if (byUrl) walkObject(value, byUrl, undefined, walk);
}

function follow(value: Json, element: Element, { message, knowledge, at, assign }: Walk): void {
  const reference = referenceIn(value);
  const target = reference === undefined ? undefined : resolve(message, at, reference);
  if (!target || !knowledge.registry.isResource(target.type)) return;
  const wanted = targetTypes({ element, knowledge });
  if (wanted.length > 0 && !wanted.includes(target.type)) return;
  const profile = profileOfTarget(target, element, knowledge.registry);
  if (profile !== undefined) assign(target, profile);
}

/** An extension outside any slice still is what its url says it is. */
export function extensionByUrl(value: Json, type: TypeReference | undefined, registry: Registry): Element | undefined {
  if (type?.code !== 'Extension' || type.profiles || typeof value.url !== 'string') return undefined;
  return registry.definition(value.url)?.type === 'Extension' ? registry.tree(value.url) : undefined;
}

/** The profile that a resource must meet because an element that asks for it refers to the resource. */
export function profileOfTarget({ type }: Located, element: Element, registry: Registry): string | undefined {
  const targets = element.types.find((t) => t.code === 'Reference')?.targets ?? [];
  const fitting = targets.filter((url) => registry.definition(url)?.type === type);
  const profiles = fitting.filter((url) => registry.definition(url)?.derivation === 'constraint');
  // Where the plain type, or more than one profile, would do, only the resource itself can say which it is.
  return fitting.length === 1 ? profiles[0] : undefined;
}

const CHOICES = new WeakMap<ReadonlyMap<string, Element>, Map<string, Element>>();

/** The same choices are made in every message, so each is narrowed once. */
function choiceNamed(children: ReadonlyMap<string, Element>, name: string): Element | undefined {
  let known = CHOICES.get(children);
  if (!known) CHOICES.set(children, (known = new Map<string, Element>()));
  let element = known.get(name);
  if (!element && (element = childNamed(children, name))) known.set(name, element);
  return element;
}

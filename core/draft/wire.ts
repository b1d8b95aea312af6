// References of a draft: to the entry of the message that they are for.
import type { Element } from '../definitions/element';
import { BASE } from '../definitions/registry';
import { entriesOf, headerOf, type Located, type Message, referenceIn, resolve } from '../itk3/message';
import { isObject, list } from '../json';
import type { Knowledge } from '../knowledge';
import { type Draft, hole } from './draft';
import type { Drafting } from './drafting';
import { typesOf } from './spot';

/** The text of `reference`: an entry's fullUrl, or a hole. */
export function referenceDraft(spot: readonly Element[], drafting: Drafting): Draft {
  const { message, from } = drafting;
  const fitting = fittingEntries(spot, drafting);
  if (message && from) {
    const name = spot[0]?.name ?? '';
    const obvious = obviousFor(name, message, from);
    if (obvious && fitting.includes(obvious)) return obvious.fullUrl;
  }
  const urls = fitting.map((entry) => entry.fullUrl!);
  const [first, ...others] = urls;
  if (first === undefined) return hole('urn:uuid:');
  return others.length === 0 ? first : hole(first, { choices: urls });
}

/** The entries of the same bundle that a reference may lead to; those that claim a profile it names before others. */
export function fittingEntries(spot: readonly Element[], { message, from, knowledge }: Drafting): Located[] {
  if (!message || !from?.bundle) return [];
  const targets = typesOf(spot).flatMap((type) =>
    type.code === 'Reference' ? (type.targets ?? [`${BASE}Resource`]) : [],
  );
  const entries = entriesOf(message, from.bundle).filter((e) => e.fullUrl !== undefined && e !== from);
  const claiming = entries.filter((e) => targets.some((url) => claims(e, url)));
  return claiming.length > 0 ? claiming : entries.filter((e) => targets.some((url) => isOfType(e, url, knowledge)));
}

function claims({ resource }: Located, url: string): boolean {
  return isObject(resource.meta) && list(resource.meta.profile).includes(url);
}

function isOfType({ type }: Located, url: string, { registry }: Knowledge): boolean {
  const wanted = registry.definition(url)?.type ?? url.slice(url.lastIndexOf('/') + 1);
  return wanted === type || wanted === 'Resource' || wanted === 'DomainResource';
}

/** Whom a reference of the name means without being told. */
function obviousFor(name: string, message: Message, from: Located): Located | undefined {
  const composition = entriesOf(message, from.bundle!).find((e) => e.type === 'Composition');
  const named = (owner: Located | undefined, property: string): Located | undefined => {
    const value = owner?.resource[property];
    const reference = referenceIn(Array.isArray(value) ? value[0] : value);
    return reference === undefined ? undefined : resolve(message, owner!, reference);
  };
  switch (name) {
    case 'subject':
    case 'patient':
      return named(composition, 'subject');
    case 'encounter':
    case 'context':
      return named(composition, 'encounter');
    case 'author':
    case 'performer':
    case 'actor':
    case 'individual':
    case 'source':
    case 'asserter':
      return named(composition, 'author');
    case 'custodian':
    case 'serviceProvider':
    case 'onBehalfOf':
      return named(composition, 'custodian');
    case 'sender':
      return named(headerOf(message), 'sender');
    default:
      return undefined;
  }
}

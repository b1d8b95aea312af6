// Whether a document is ours: most JSON in an editor is not FHIR, and of that the server says nothing at all.
import type { Registry } from '../core/definitions/registry';
import { nearest } from '../core/nearest';
import { propertyNames } from '../core/validate/shape';
import { stringAt, tokenAt } from './scan';

/** True when the text is a STU3 resource by its top-level resourceType, however broken or deep the rest is. */
export function isFhir(text: string, registry: Registry): boolean {
  const { type, names } = topLevel(text, registry);
  if (type === undefined) return false;
  if (registry.isResource(type)) return true;
  const near = nearest(type, registry.resourceTypes());
  const tree = near === undefined ? undefined : registry.type(near);
  if (!tree) return false;
  // Others use the name too ("resourceType": "subscription"): a slip in the type needs company that fits.
  const known = new Set(propertyNames(tree, registry));
  return names.filter((name) => known.has(name)).length * 2 >= names.length;
}

/** The type a text claims and the names beside it; reading ends early when the type is a known one. */
function topLevel(text: string, registry: Registry): { type?: string; names: string[] } {
  const names: string[] = [];
  let type: string | undefined;
  let depth = 0;
  let key: string | undefined;
  let afterColon = false;
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.end)) {
    if (depth === 0 && (token.kind !== 'open' || text[token.offset] !== '{')) break;
    if (token.kind === 'open') depth += 1;
    else if (token.kind === 'close') depth -= 1;
    else if (depth !== 1) continue;
    else if (token.kind === 'colon') {
      afterColon = true;
      if (key !== undefined && key !== 'resourceType') names.push(key);
      continue;
    } else if (token.kind === 'string') {
      const word = stringAt(text, token);
      if (!afterColon) key = word;
      else if (key === 'resourceType' && type === undefined) {
        type = word;
        if (registry.isResource(type)) break;
      }
    }
    if (token.kind !== 'string' || afterColon) afterColon = false;
  }
  return { type, names };
}

// Who owns an address or gives out the identifiers of a system.
import type { Knowledge } from '../knowledge';
import type { Owner } from './use-case';

/** The owner of the longest beginning that is known. */
export function ownerOf(url: string, { owners }: Knowledge): Owner | undefined {
  let found: Owner | undefined;
  for (const owner of owners)
    if (startsWith(url, owner.prefix) && owner.prefix.length > (found?.prefix.length ?? 0)) found = owner;
  return found;
}

/** An OID or address goes on only with a part of its own. */
function startsWith(url: string, prefix: string): boolean {
  if (!url.startsWith(prefix)) return false;
  const next = url[prefix.length];
  return next === undefined || /[/.|#]$/.test(prefix) || /[/.|#?]/.test(next);
}

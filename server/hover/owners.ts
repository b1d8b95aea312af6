// Who owns an address or gives out the identifiers of a system.
import type { Owner } from '../../core/itk3/use-case';
import type { Knowledge } from '../../core/knowledge';
import { prose } from './markdown';

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

/** One line on an address. */
export function ownedBy(url: string, knowledge: Knowledge): string | undefined {
  const owner = ownerOf(url, knowledge);
  if (owner) {
    const { prefix, name, of } = owner;
    const what = prefix === url ? [`**${prose(name)}**`, of].filter(Boolean).join(' ') : prose(name);
    const note = prefix === url && owner.note !== undefined ? `\n\n${prose(owner.note)}` : '';
    return `${what} · owned by ${prose(owner.owner)}${note}`;
  }
  const host = /^https?:\/\/([^/:?#]+)/.exec(url)?.[1];
  if (host === undefined) return url.startsWith('urn:oid:') ? 'An OID · nothing is known of its owner here' : undefined;
  return /(^|\.)(example(\.(com|org|net))?|test|invalid)$/.test(host)
    ? `An address at ${prose(host)}, a name kept for examples: nobody owns it`
    : `An address of whoever owns ${prose(host)}`;
}

// Who owns an address, in words.
import { ownerOf } from '../../core/itk3/owners';
import type { Knowledge } from '../../core/knowledge';
import { prose } from './markdown';

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

// Urls: of extensions, profiles, code systems and value sets that are known here, else who owns them.
import { join, parentOf } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import type { Knowledge } from '../../core/knowledge';
import { link, prose } from './markdown';
import { ownedBy } from './owners';
import { sameWords } from './explain';
import type { Spot } from './spot';

export function address(spot: Spot): string | undefined {
  const { name, value, knowledge, type, elementsAt, pointer } = spot;
  if (type === 'Extension' && isObject(value) && typeof value.url === 'string')
    return extension(value.url, spot) ?? ownedBy(value.url, knowledge);
  if (typeof value !== 'string') return undefined;
  if (name === 'url' && elementsAt(parentOf(pointer)).some((e) => e.types[0]?.code === 'Extension'))
    return extension(value, spot) ?? (value.includes(':') ? ownedBy(value, knowledge) : undefined);
  if (name === 'system') return codeSystem(value, knowledge) ?? ownedBy(value, knowledge);
  if (name === 'profile') return definition(value, knowledge) ?? ownedBy(value, knowledge);
  if (type !== 'uri' || value.startsWith('urn:uuid:')) return undefined;
  return definition(value, knowledge) ?? ownedBy(value, knowledge);
}

/** A key of a complex extension is known by its place, which the element tells. */
function extension(url: string, { knowledge, besideAt, pointer, value, elementsAt }: Spot): string | undefined {
  const { registry } = knowledge;
  const tree = registry.definition(url)?.type === 'Extension' ? registry.tree(url) : undefined;
  if (tree) {
    const isGeneral = tree.definition === registry.type('Extension')?.definition;
    const says = isGeneral || sameWords(tree.definition ?? '', tree.short) ? undefined : tree.definition;
    return [`**${prose(tree.short ?? 'Extension')}**`, says && prose(says), definition(url, knowledge)]
      .filter(Boolean)
      .join('\n\n');
  }
  const where = isObject(value) ? pointer : besideAt;
  const slice = elementsAt(where).find((element) => element.sliceName === url);
  const inside = slice && elementsAt(join(where, 'value[x]'))[0];
  if (!slice?.short) return undefined;
  return [`**${prose(url)}** · ${prose(slice.short)}`, inside?.short && prose(inside.short)]
    .filter(Boolean)
    .join('\n\n');
}

function definition(url: string, { registry }: Pick<Knowledge, 'registry'>): string | undefined {
  const known = registry.definition(url);
  if (!known) return undefined;
  const what = known.derivation === 'constraint' ? `profile of ${known.type}` : known.kind;
  return `${link(known.title ?? known.name, known.url)}${known.version ? ` ${prose(known.version)}` : ''} · ${what}`;
}

function codeSystem(url: string, knowledge: Knowledge): string | undefined {
  const known = knowledge.registry.codeSystem(url);
  if (!known?.complete) return undefined;
  const head = `Code system ${link(known.name ?? url, url)}${known.version ? ` ${prose(known.version)}` : ''}`;
  const owner = ownedBy(url, knowledge);
  return [`${head} · ${known.concepts.length} codes`, owner?.split(' · ').at(-1)].filter(Boolean).join(' · ');
}

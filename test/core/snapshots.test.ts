// Our differentials over base STU3 must say what the published profiles say. Runs where the published facts are at hand.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { childNamed, type Element } from '../../core/definitions/element';
import { BASE, type Registry } from '../../core/definitions/registry';
import { knowledge } from '../knowledge';

const facts = path.resolve('../shared/domain/constraints/all-elements.json');

/** Published resource profiles repeat extensions' values less strictly than the extensions' own definitions, which win. */
const LOOSER_COPY = /extension:\w+\.value\[x\]$/;

interface Published {
  url: string;
  elements: { id: string; min: string; max: string }[];
}

describe('profiles', () => {
  const { registry } = knowledge();

  it('all stand on a base that is known', () => {
    for (const url of [...registry.profileUrls(), ...registry.extensionUrls()]) assert.ok(registry.tree(url), url);
  });

  it('name only elements that their base has', () => {
    for (const url of [...registry.profileUrls(), ...registry.extensionUrls()])
      for (const { id } of registry.definition(url)!.elements)
        assert.ok(find(id, registry.tree(url)!, registry), `${url}: ${id}`);
  });

  if (!fs.existsSync(facts)) return;
  const published = Object.values(JSON.parse(fs.readFileSync(facts, 'utf8')) as Record<string, Published>);
  for (const { url, elements } of published) {
    const tree = registry.tree(url);
    // STU3's own are taken from STU3, not from the copies that the NHS publishes.
    const isOurs = !url.startsWith(BASE) && registry.definition(url)?.derivation === 'constraint';
    if (!tree || !isOurs) continue;
    it(`${path.basename(url)} has the published cardinalities`, () => {
      const different = elements.flatMap(({ id, min, max }) => {
        const element = find(id, tree, registry);
        if (!element || id.split('.').length === 1 || LOOSER_COPY.test(id)) return [];
        const ours = `${element.min}..${element.max === Infinity ? '*' : element.max}`;
        return ours === `${min}..${max}` ? [] : [`${id}: ${ours}, published ${min}..${max}`];
      });
      assert.deepEqual(different, []);
    });
  }
});

function find(id: string, root: Element, registry: Registry): Element | undefined {
  const [, ...segments] = id.split('.');
  return segments.reduce<Element | undefined>((element, segment) => {
    const [name, slice] = segment.split(':');
    const child = element && childNamed(registry.childrenOf(element), name!);
    return slice === undefined ? child : child?.slices?.find((s) => s.sliceName === slice);
  }, root);
}

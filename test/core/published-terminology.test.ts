// Our value sets, code systems and message definitions must hold what the published ones hold. Runs where these are at hand.
import assert from 'node:assert/strict';
import { addResource, emptyPackage } from '../../core/definitions/read';
import type { MessageDefinition } from '../../core/definitions/definition';
import { knowledge } from '../knowledge';
import { publishedFiles, readPublished } from '../published';

const published = emptyPackage();
for (const folder of ['ValueSets', 'CodeSystems', 'MessageDefinitions'])
  for (const file of publishedFiles(`profiles/${folder}`)) addResource(published, readPublished(file));

if (published.valueSets.length > 0)
  describe('published terminology', () => {
    const { registry } = knowledge();

    for (const { url, include, exclude } of published.valueSets) {
      const ours = registry.valueSet(url);
      if (ours)
        it(`is in the value set ${nameOf(url)}`, () => {
          assert.deepEqual({ include: ours.include, exclude: ours.exclude }, { include, exclude });
        });
    }

    for (const { url, complete, concepts } of published.codeSystems) {
      const ours = registry.codeSystem(url);
      if (ours)
        it(`is in the code system ${nameOf(url)}`, () => {
          const said = (of: typeof concepts) => of.map(({ code, display, parent }) => ({ code, display, parent }));
          assert.equal(ours.complete, complete);
          assert.deepEqual(said(ours.concepts), said(concepts));
        });
    }

    for (const url of new Set(published.messageDefinitions.map((m) => m.url))) {
      const ours = registry.messageDefinition(url);
      if (ours)
        it(`is in the message definition ${nameOf(url)}`, () => {
          const versions = published.messageDefinitions.filter((m) => m.url === url);
          for (const { event, focus, responses } of versions)
            assert.deepEqual([ours.event, ours.focus, ours.responses], [event, focus, responses]);
          // Of two published versions one names more profiles; which value sets these use is told by the profiles.
          const profiles = ({ assets }: MessageDefinition) => assets.filter((a) => a.includes('/StructureDefinition/'));
          assert.ok(
            versions.some((one) => JSON.stringify(profiles(one).sort()) === JSON.stringify(profiles(ours).sort())),
          );
        });
    }
  });

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

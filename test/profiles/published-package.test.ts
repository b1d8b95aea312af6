// The published NHS files as a user's own package: they judge the published messages as our profiles do.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Knowledge } from '../../core/knowledge';
import { fhirPath } from '../../core/document/pointer';
import { validate } from '../../core/validate/validate';
import { type Loaded, loadWithPackages } from '../../profiles/load';
import { knowledge } from '../knowledge';
import { publishedFiles, publishedFolder, readPublished } from '../published';

interface Disagreement {
  file: string;
  rule: string;
  path: string;
  /** Who finds it, the other does not. */
  by: 'ours' | 'theirs';
  reason: string;
}

const BY_COMPOSITION =
  'Its Composition claims CareConnect-Composition-1, which is published but not among our profiles, for no emergency supply needs it; that asks of the subject to be a CareConnect-Patient-1, and that asks for the verification status of the NHS number.';

const DISAGREEMENTS: Disagreement[] = [
  {
    file: 'update-record/blood-pressure-check-service--example-1.xml',
    rule: 'required',
    path: 'Bundle.entry[2].resource.entry[5].resource.identifier[0].extension',
    by: 'theirs',
    reason: BY_COMPOSITION,
  },
  {
    file: 'update-record/pharmacy-first-service--example-1.xml',
    rule: 'required',
    path: 'Bundle.entry[2].resource.entry[5].resource.identifier[0].extension',
    by: 'theirs',
    reason: BY_COMPOSITION,
  },
];

const NOW = Date.parse('2026-12-01T12:00:00Z');

const examples = publishedFiles('examples');
if (examples.length > 0)
  describe('the published files as a package of their own', () => {
    let theirs: Loaded;
    let snapshots: Loaded;
    let folder: string;
    before(function () {
      this.timeout(60_000);
      theirs = loadWithPackages(path.resolve('dist'), { paths: ['profiles'], folder: publishedFolder('.') });
      folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-'));
      for (const file of publishedFiles('profiles')) {
        const json = JSON.stringify({ ...readPublished(file), differential: undefined });
        fs.writeFileSync(path.join(folder, `${file.replace(/\W/g, '-')}.json`), json);
      }
      snapshots = loadWithPackages(path.resolve('dist'), { paths: [folder], folder });
    });
    after(() => fs.rmSync(folder, { recursive: true }));

    it('are read without a problem, and win over ours', () => {
      assert.deepEqual(theirs.problems, []);
      assert.deepEqual(snapshots.problems, []);
      const url = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
      assert.notDeepEqual(theirs.knowledge.registry.definition(url), knowledge().registry.definition(url));
    });

    it('judge alike by their snapshots and by their differentials', () => {
      for (const file of examples) {
        const value = readPublished(file);
        const found = (by: Knowledge): object[] =>
          validate(value, by, { now: NOW }).findings.map(({ rule, severity, pointer }) => ({
            rule,
            severity,
            pointer,
          }));
        assert.deepEqual(found(snapshots.knowledge), found(theirs.knowledge), file);
      }
    });

    it('stand on bases that are known', () => {
      const { registry } = theirs.knowledge;
      for (const url of [...registry.profileUrls(), ...registry.extensionUrls()]) assert.ok(registry.tree(url), url);
    });

    for (const file of examples)
      it(`judge ${file} as ours do`, () => {
        const value = readPublished(file);
        const errors = (by: Knowledge): string[] =>
          validate(value, by, { now: NOW })
            .findings.filter(({ severity }) => severity === 'error')
            .map(({ rule, pointer }) => `${rule} ${fhirPath(value, pointer)}`);
        const [we, they] = [errors(knowledge()), errors(theirs.knowledge)];
        const different = [
          ...we.filter((one) => !they.includes(one)).map((one) => `ours ${one}`),
          ...they.filter((one) => !we.includes(one)).map((one) => `theirs ${one}`),
        ];
        const explained = DISAGREEMENTS.filter((one) => `examples/${one.file}` === file);
        assert.deepEqual(different.sort(), explained.map((one) => `${one.by} ${one.rule} ${one.path}`).sort());
      });
  });

// What others wrote: pinned, known by its hash, on terms that let us pass it on, and listed.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { list, object, text } from '../../core/json';

const read = (file: string) => object(JSON.parse(fs.readFileSync(file, 'utf8')) as unknown);
/** Folders that have packages of their own; profiles/ has manifests of FHIR packages, which are none of npm's. */
const FOLDERS = ['.', 'test/workbench', 'test/bench', 'test/mutation'];
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

const wantedIn = (manifest: Record<string, unknown>) =>
  KINDS.flatMap((kind) => Object.entries(object(manifest[kind])).map(([name, version]) => ({ kind, name, version })));

/**
 * Terms under which the bundles may be passed on with their notices. LHNCBC's two have BSD's terms in a file of their own.
 * Where a package lets choose, one of the choices is here.
 */
const TERMS: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'CC0-1.0',
]);
const OWN_TERMS: ReadonlySet<string> = new Set(['fhirpath', '@lhncbc/ucum-lhc']);

describe('the packages of others', () => {
  it('stand in folders that are known here', () => {
    const found = fs
      .readdirSync('.', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|out$|dist$|profiles$)/.test(entry.name))
      .flatMap(({ name }) => [name, ...fs.readdirSync(name).map((inner) => `${name}/${inner}`)])
      .filter((folder) => fs.existsSync(path.join(folder, 'package.json')));
    assert.deepEqual([...found, '.'].sort(), [...FOLDERS].sort());
  });

  for (const folder of FOLDERS) {
    it(`are pinned in ${folder}, each by its hash`, () => {
      const manifest = read(path.join(folder, 'package.json'));
      for (const { name, version } of wantedIn(manifest))
        assert.match(String(version), /^(npm:[@\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/, `${name} ${String(version)}`);
      const packages = object(read(path.join(folder, 'package-lock.json')).packages);
      const top = object(packages['']);
      for (const kind of KINDS) assert.deepEqual(top[kind], manifest[kind], `${kind} of the lock file`);
      for (const { name, version } of wantedIn(manifest)) {
        const locked = object(packages[`node_modules/${name}`]);
        assert.equal(locked.version, String(version).replace(/^npm:.*@/, ''), name);
      }
      // What came in another's archive has no hash of its own: it is in that one's.
      const own = Object.entries(packages).filter(([place, entry]) => place !== '' && object(entry).inBundle !== true);
      for (const [place, entry] of own)
        assert.match(String(object(entry).integrity), /^sha512-/, `${place} of ${folder}`);
    });
  }

  it('are none where the extension or the terminal is installed', () => {
    const manifest = read('package.json');
    assert.equal(manifest.dependencies, undefined);
    assert.equal(manifest.optionalDependencies, undefined);
  });
});

describe('the bill of materials', () => {
  const bill = read('dist/sbom.cdx.json');
  const components = list(bill.components).map(object);

  it("is one by CycloneDX's own schema", () => {
    const schemas = path.resolve('node_modules/@cyclonedx/cyclonedx-library/res/schema');
    const schema = (name: string) => read(path.join(schemas, `${name}.SNAPSHOT.schema.json`));
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs'])
      ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
    const validate = ajv.compile(schema('bom-1.6'));
    validate(bill);
    assert.deepEqual(validate.errors ?? [], []);
    assert.equal(validate({ ...bill, components: [{ name: 'without a type' }] }), false);
    // The schema is a large one to compile.
  }).timeout(60_000);

  it('has what the notices have, in the versions of the lock file', () => {
    const notices = fs.readFileSync('dist/NOTICES.txt', 'utf8');
    const noticed = notices.split(`\n${'-'.repeat(72)}\n\n`).map((notice) => notice.split('\n')[0]);
    const listed = components.map(({ name, version }) => `${text(name)} ${text(version)}`);
    assert.deepEqual(
      listed.filter((one) => !one.startsWith('HL7 ')).sort(),
      noticed.filter((one) => !one!.startsWith('HL7 ')).sort(),
    );
    assert.equal(listed.filter((one) => one.startsWith('HL7 ')).length, 1);
  });

  it('has nothing that may not be passed on', () => {
    for (const { name, licenses } of components) {
      const [{ license, expression }] = list(licenses).map(object) as [Record<string, unknown>];
      const terms = text(expression) ?? text(object(license).id) ?? '';
      const choices = terms.replace(/[()]/g, '').split(' OR ');
      assert.ok(
        OWN_TERMS.has(String(name)) || choices.some((one) => TERMS.has(one)),
        `${String(name)} has the terms ${terms}: read them before it is carried`,
      );
    }
  });

  it('knows each by a hash and an address of its own', () => {
    const refs = components.map((one) => text(one['bom-ref']));
    assert.equal(new Set(refs).size, refs.length);
    for (const { name, type, hashes, purl } of components) {
      assert.match(String(object(list(hashes)[0]).content), /^[0-9a-f]{128}$/, String(name));
      if (type === 'library') assert.match(String(purl), /^pkg:npm\/[^@]+@\d/);
    }
  });
});

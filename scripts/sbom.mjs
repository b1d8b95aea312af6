// The bill of materials (CycloneDX 1.6) that goes with the bundles: what is really in them, as the bundler tells it, with what the
// lock file says of each. The same sources give the same bill, to the letter.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { sourceDate } from './carried.mjs';
import { carriedPackages } from './notices.mjs';

/** @param metafiles what esbuild told of each bundle */
export function billOfMaterials(root, metafiles) {
  const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const components = [...carriedPackages(metafiles).map((folder) => componentOf(folder, root, lock)), stu3(lock)];
  const self = {
    type: 'application',
    'bom-ref': purlOf(own),
    name: own.name,
    version: own.version,
    description: own.description,
    licenses: [{ license: { id: own.license } }],
    purl: purlOf(own),
  };
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: new Date(sourceDate() * 1000).toISOString(),
      lifecycles: [{ phase: 'build' }],
      component: self,
    },
    components,
    dependencies: [
      { ref: self['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) },
      ...components.map((one) => ({ ref: one['bom-ref'] })),
    ],
  };
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(bill))}`;
  return `${JSON.stringify({ ...bill, serialNumber }, null, 1)}\n`;
}

function componentOf(folder, root, lock) {
  const { name, version, license, homepage } = JSON.parse(
    fs.readFileSync(path.resolve(root, folder, 'package.json'), 'utf8'),
  );
  const locked = lock[folder.slice(folder.indexOf('node_modules/'))];
  if (locked?.version !== version)
    throw new Error(`${name} ${version} is bundled, but the lock file says ${locked?.version ?? 'nothing of it'}`);
  return {
    type: 'library',
    'bom-ref': purlOf({ name, version }),
    name,
    version,
    licenses: [licenceOf(license)],
    purl: purlOf({ name, version }),
    hashes: hashesOf(locked.integrity),
    ...(/^https?:\/\/\S+$/.test(homepage ?? '') && { externalReferences: [{ type: 'website', url: homepage }] }),
  };
}

/** The definitions are data of HL7, taken from a package whose code is not carried. */
function stu3(lock) {
  const { version, integrity } = lock['node_modules/stu3-definitions'];
  return {
    type: 'data',
    'bom-ref': 'hl7-fhir-stu3',
    name: 'HL7 FHIR STU3 definitions',
    version: '3.0.1',
    description: `Trimmed at build time from the data files of the npm package fhir ${version}, whose distribution has the hash.`,
    licenses: [{ license: { id: 'CC0-1.0' } }],
    hashes: hashesOf(integrity),
    externalReferences: [{ type: 'website', url: 'http://hl7.org/fhir/STU3/' }],
  };
}

function licenceOf(license) {
  if (/^[\w.-]+$/.test(license)) return { license: { id: license } };
  return / (OR|AND|WITH) /.test(license) ? { expression: license } : { license: { name: `${license} (NOTICES.txt)` } };
}

function purlOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** `sha512-…` in base64, as lock files have it. */
function hashesOf(integrity) {
  const [, bits, digest] = /^sha(\d+)-(.+)$/.exec(integrity);
  return [{ alg: `SHA-${bits}`, content: Buffer.from(digest, 'base64').toString('hex') }];
}

/** Of the shape of a random one, but made of the text. */
function uuidOf(text) {
  const digest = createHash('sha256').update(text).digest('hex');
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

// What HL7's validator is given to know: base STU3 as the package that it asks for, and the NHS profiles.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const stu3 = path.dirname(require.resolve('stu3-definitions/package.json'));
const PUBLISHED = path.resolve('../shared/published/profiles');

/** @returns the folder that stands for the user's home, with the packages that the validator would otherwise fetch */
export function packagesHome(folder) {
  const packages = path.join(folder, '.fhir', 'packages');
  if (fs.existsSync(path.join(packages, 'packages.ini'))) return folder;
  const core = { type: 'Core', canonical: 'http://hl7.org/fhir', fhirVersions: ['3.0.2'] };
  writePackage(packages, 'hl7.fhir.r3.core', '3.0.2', core, stu3Resources());
  // Extensions that carry elements over between versions of FHIR: none are used here.
  writePackage(packages, 'hl7.fhir.xver-extensions', '0.1.0', { type: 'IG', fhirVersions: ['4.0.1'] }, []);
  fs.writeFileSync(path.join(packages, 'packages.ini'), '[cache]\nversion = 3\n\n[urls]\n\n[local]\n\n[packages]\n');
  return folder;
}

/**
 * The published profiles where they are at hand, else our own.
 * @returns what they are, for a person
 */
export function writeProfiles(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  if (!fs.existsSync(PUBLISHED)) {
    copyFiles(path.resolve('profiles'), folder, (text) => (JSON.parse(text).resourceType ? text : undefined));
    return 'our own profiles';
  }
  copyFiles(PUBLISHED, folder, withoutBundleSnapshot);
  return 'the published profiles';
}

/**
 * The published snapshots of bundles list four children below entry.resource, those of any resource. Newer validators
 * take the list for complete and forbid all other elements of every resource in the bundle; from the differential they
 * make a snapshot that says what was meant.
 */
function withoutBundleSnapshot(text) {
  if (!/<StructureDefinition[\s>]/.test(text) || !/<type value="Bundle"\s*\/>\s*<baseDefinition/.test(text))
    return text;
  return text.replace(/<snapshot>.*<\/snapshot>/s, '');
}

function copyFiles(from, to, edit) {
  for (const name of fs.readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(json|xml)$/.test(name)) continue;
    const text = edit(fs.readFileSync(path.join(from, name), 'utf8'));
    const target = path.join(to, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (text !== undefined) fs.writeFileSync(target, text);
  }
}

function stu3Resources() {
  const files = [
    'profiles-types.json',
    'profiles-resources.json',
    'extension-definitions.json',
    'valuesets.json',
    'v3-codesystems.json',
    'v2-tables.json',
  ];
  return files
    .flatMap((file) => JSON.parse(fs.readFileSync(path.join(stu3, 'profiles', 'stu3', file), 'utf8')).entry)
    .map(({ resource }) => resource)
    .filter(({ resourceType }) => ['StructureDefinition', 'ValueSet', 'CodeSystem'].includes(resourceType));
}

function writePackage(packages, name, version, about, resources) {
  const folder = path.join(packages, `${name}#${version}`, 'package');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version, ...about }));
  for (const resource of resources)
    fs.writeFileSync(path.join(folder, `${resource.resourceType}-${resource.id}.json`), JSON.stringify(resource));
}

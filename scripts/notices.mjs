// The notices that go with the bundles: whose work they carry, and on which terms. Told by the bundler, so always true.
import fs from 'node:fs';
import path from 'node:path';

const STU3 = `HL7 FHIR STU3 (3.0.1) definitions
Licence: CC0 1.0 (no rights reserved). FHIR is a registered trademark of Health Level Seven International.
Taken at build time from the package "fhir" 3.3.1 and trimmed; none of that package's code is carried.
`;

/** @param metafiles what esbuild told of each bundle */
export function noticesText(root, metafiles) {
  const folders = carriedPackages(metafiles);
  return [STU3, ...folders.map((folder) => notice(path.resolve(root, folder)))].join(`\n${'-'.repeat(72)}\n\n`);
}

/** The folders of the packages of which the bundles carry anything, as the bundler names them. */
export function carriedPackages(metafiles) {
  const folders = new Set();
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input);
    if (folder) folders.add(folder[0]);
  }
  return [...folders].sort();
}

function notice(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const own = fs.readdirSync(folder).find((f) => /^(licen[cs]e|copying)/i.test(f));
  // Some packages leave their licence in their repository; what stands there is kept in licences/.
  const kept = new URL(`licences/${name.replaceAll('/', '-')}.txt`, import.meta.url);
  const file = own ? path.join(folder, own) : fs.existsSync(kept) ? kept : undefined;
  if (!file) throw new Error(`${name} has no licence file: its terms cannot be passed on`);
  return `${name} ${version}\nLicence: ${license}\n\n${fs.readFileSync(file, 'utf8').trim()}\n`;
}

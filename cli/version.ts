import fs from 'node:fs';
import path from 'node:path';

/** The manifest stands beside the folder of the bundle, in a checkout as in an installed package. */
export function versionOf(folder: string): string {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, '../package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

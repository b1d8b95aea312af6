// What each package carries of the house: the one place that says so. What is not named here reaches nobody.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What both read, or a person reads of both. */
const SHARED = [
  ...['toolkit.js', 'server.js', 'cli.js', 'shapes.js', 'knowledge.json.br', 'fhirpath.js', 'certificates.js'],
  ...['team-file.js', 'team-file.schema.json', 'exceptions.schema.json', 'NOTICES.txt', 'sbom.cdx.json'],
].map((name) => `dist/${name}`);
const PAPERS = ['CHANGELOG.md', 'LICENSE', 'RULES.md', 'SECURITY.md'];

/** The extension; beside it the icons that its manifest names. */
export const EXTENSION = [
  ...SHARED,
  ...['dist/client.js', 'dist/preview.js', 'dist/preview-style.css'],
  ...['snippets', 'examples', 'first-steps', 'package.json'],
  ...PAPERS,
];

/** The terminal and the library. Its README is library/README.md, its manifest is made of ours. */
export const TERMINAL = [...SHARED, 'dist/library.js', 'dist/types', 'examples', ...PAPERS];

/**
 * Copies into a folder that is empty then. Every file has the same mode, whoever copies it, so that packages of the same
 * sources are the same.
 * @throws {Error} when something is not there
 */
export function carry(names, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const name of names) fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
}

/** Also what was written beside what was copied. */
export function setModes(folder) {
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
    fs.chmodSync(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

/** When the sources were last changed, in seconds since 1970: the same wherever and whenever they are built. */
export function sourceDate() {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given) return Number(given);
  const log = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  // Outside a repository nothing is known but that it was later than the oldest date a zip file knows.
  return log.status === 0 ? Number(log.stdout) : Date.UTC(1980, 1, 1) / 1000;
}

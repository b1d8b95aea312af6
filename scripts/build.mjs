// Makes dist/: what the toolkit knows, a schema, the three bundles and their notices. Run after `tsc -b`, which checks the types.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { context, build } from 'esbuild';
import { buildKnowledge } from './build-knowledge.mjs';
import { exceptionsSchema } from './exceptions-schema.mjs';
import { noticesText } from './notices.mjs';
import { buildTeamFile } from './team-file.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const watch = process.argv.includes('--watch');

const options = {
  entryPoints: {
    client: path.join(root, 'client/extension.ts'),
    server: path.join(root, 'server/main.ts'),
    cli: path.join(root, 'cli/main.ts'),
  },
  outdir: dist,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // jsonc-parser's main is a wrapper that no bundler can follow.
  mainFields: ['module', 'main'],
  sourcemap: watch,
  minify: !watch,
  keepNames: true,
  metafile: true,
  // Licence texts stand in NOTICES.txt.
  legalComments: 'none',
  logLevel: 'warning',
};

/** Loaded only when a sandbox makes certificates. */
const certificates = {
  ...options,
  entryPoints: { certificates: path.join(root, 'mesh/sandbox/certificates.ts') },
  minify: true,
};

/** Loaded only when an expression asks for it. Its packages write values of a message to the console: not here. */
const library = {
  ...options,
  entryPoints: { fhirpath: path.join(root, 'core/validate/invariants/fhirpath.ts') },
  minify: true,
  drop: ['console'],
};

const started = performance.now();
const shapes = await buildKnowledge(dist);
const teamFile = await buildTeamFile(root, dist);
const apart = [await build(library), await build(certificates)].map(({ metafile }) => metafile);
fs.writeFileSync(path.join(dist, 'exceptions.schema.json'), JSON.stringify(exceptionsSchema()));
if (watch) {
  const watching = await context({ ...options, logLevel: 'info' });
  await watching.watch();
} else {
  const bundles = await build(options);
  fs.writeFileSync(path.join(dist, 'NOTICES.txt'), noticesText(root, [shapes, teamFile, ...apart, bundles.metafile]));
  console.log(`Built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

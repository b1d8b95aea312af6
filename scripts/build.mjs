// Makes dist/: what the toolkit knows, and the three bundles. Run after `tsc -b`, which checks the types.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { context, build } from 'esbuild';
import { buildKnowledge } from './build-knowledge.mjs';

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
  legalComments: 'none',
  logLevel: 'warning',
};

const started = performance.now();
await buildKnowledge(dist);
if (watch) {
  const watching = await context({ ...options, logLevel: 'info' });
  await watching.watch();
} else {
  await build(options);
  console.log(`Built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

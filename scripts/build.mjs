// Makes dist/: what the toolkit knows, a schema, the bundles and their notices. Run after `tsc -b`, which checks the types.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { context, build } from 'esbuild';
import ts from 'typescript';
import { buildKnowledge } from './build-knowledge.mjs';
import { exceptionsSchema } from './exceptions-schema.mjs';
import { noticesText } from './notices.mjs';
import { billOfMaterials } from './sbom.mjs';
import { buildTeamFile } from './team-file.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const watch = process.argv.includes('--watch');

const options = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // jsonc-parser's main is a wrapper that no bundler can follow.
  mainFields: ['module', 'main'],
  sourcemap: watch,
  minify: !watch,
  metafile: true,
  // Licence texts stand in NOTICES.txt.
  legalComments: 'none',
  logLevel: 'warning',
};

/** The four doors with all that they share, once. Each is run only when it is asked for. */
const doors = {
  ...options,
  stdin: {
    contents: `
      export const client = () => require('./client/extension');
      export const server = () => require('./server/main');
      export const cli = () => require('./cli/main');
      export const worker = () => require('./cli/judging/worker');
      export const library = () => require('./library/library');`,
    resolveDir: root,
    sourcefile: 'doors.ts',
    loader: 'ts',
  },
  // Its other form makes itself a require out of its own place, which a bundle has not.
  alias: { tinyglobby: path.join(root, 'node_modules/tinyglobby/dist/index.cjs') },
  outfile: path.join(dist, 'toolkit.js'),
};
const DOORS = {
  'client.js': "module.exports = require('./toolkit.js').client();",
  'server.js': "require('./toolkit.js').server().serve();",
  'cli.js': "#!/usr/bin/env node\nvoid require('./toolkit.js').cli().main(__dirname);",
  'worker.js': "require('./toolkit.js').worker().work(__dirname);",
  // Each by its name: so that ES modules can import them by name.
  'library.js':
    "const { loadToolkit, ToolkitError } = require('./toolkit.js').library();\nmodule.exports = { loadToolkit, ToolkitError };",
};

/** Loaded only when a sandbox makes certificates. */
const certificates = {
  ...options,
  entryPoints: [path.join(root, 'mesh/sandbox/certificates.ts')],
  plugins: [
    {
      name: 'lean-forge',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^node-forge$/ }, () => ({ path: path.join(root, 'scripts/lean-forge.cjs') })),
    },
  ],
  outfile: path.join(dist, 'certificates.js'),
  minify: true,
};

/** Loaded only when an expression asks for it. Its packages write values of a message to the console: not here. */
const library = {
  ...options,
  entryPoints: [path.join(root, 'core/validate/invariants/fhirpath.ts')],
  outfile: path.join(dist, 'fhirpath.js'),
  minify: true,
  drop: ['console'],
};

/** The page of the preview, in a browser's own language. */
const page = {
  ...options,
  entryPoints: {
    preview: path.join(root, 'client/preview/page/page.ts'),
    'preview-style': path.join(root, 'client/preview/page/page.css'),
  },
  outdir: dist,
  platform: 'browser',
  format: 'iife',
  target: 'chrome120',
};

/** What the library's door promises, for who writes TypeScript: these files stand alone. */
function declare(folder) {
  fs.mkdirSync(folder, { recursive: true });
  for (const name of ['api', 'error', 'library']) {
    const source = fs.readFileSync(path.join(root, 'library', `${name}.ts`), 'utf8');
    const { outputText, diagnostics } = ts.transpileDeclaration(source, {
      fileName: `${name}.ts`,
      reportDiagnostics: true,
    });
    const [first] = diagnostics ?? [];
    if (first) throw new Error(`library/${name}.ts: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`);
    fs.writeFileSync(path.join(folder, `${name}.d.ts`), outputText);
  }
}

const started = performance.now();
// What an older build left would be packaged.
fs.rmSync(dist, { recursive: true, force: true });
const shapes = await buildKnowledge(dist);
const teamFile = await buildTeamFile(root, dist);
const apart = [await build(library), await build(certificates), await build(page)].map(({ metafile }) => metafile);
fs.writeFileSync(path.join(dist, 'exceptions.schema.json'), JSON.stringify(exceptionsSchema()));
for (const [name, text] of Object.entries(DOORS)) fs.writeFileSync(path.join(dist, name), `${text}\n`);
declare(path.join(dist, 'types'));
if (watch) {
  const watching = await context({ ...doors, logLevel: 'info' });
  await watching.watch();
  await (await context(page)).watch();
} else {
  const bundles = await build(doors);
  const metafiles = [shapes, teamFile, ...apart, bundles.metafile];
  fs.writeFileSync(path.join(dist, 'NOTICES.txt'), noticesText(root, metafiles));
  fs.writeFileSync(path.join(dist, 'sbom.cdx.json'), billOfMaterials(root, metafiles));
  console.log(`Built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

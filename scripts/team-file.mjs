// The schema of .vscode/itk3.json: as VS Code reads it, and compiled to a check that needs no compiler when it runs.
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import rules from '../out/core/rules/index.js';

/** @returns what the bundler tells of the check */
export async function buildTeamFile(root, outDir) {
  const text = fs.readFileSync(path.join(root, 'exchange/team-file.schema.json'), 'utf8');
  const schema = JSON.parse(text);
  fs.writeFileSync(path.join(outDir, 'team-file.schema.json'), JSON.stringify(withRules(schema)));
  // Words for editors are in the schema beside what ajv knows, and its errors bring them along.
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, code: { source: true, lines: false } });
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    stdin: { contents: standaloneCode(ajv, ajv.compile(schema)), resolveDir: root, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    outfile: path.join(outDir, 'team-file.js'),
    logLevel: 'warning',
  });
  return metafile;
}

/** The names of rules, for an editor to offer. What is misspelt the toolkit itself tells, with the name that was meant. */
function withRules(schema) {
  const { validate } = schema.definitions;
  const { additionalProperties: level, ...setting } = validate.properties.rules;
  const named = rules.ALL_RULES.map(({ id, asks }) => [id, { ...level, description: asks }]);
  const properties = {
    ...validate.properties,
    rules: { ...setting, properties: Object.fromEntries(named), additionalProperties: false },
  };
  return { ...schema, definitions: { ...schema.definitions, validate: { ...validate, properties } } };
}

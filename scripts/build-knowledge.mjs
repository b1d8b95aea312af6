// Makes what the toolkit knows: base STU3 from its package and the NHS profiles from profiles/, trimmed, and the shape
// validators compiled from them. Writes dist/knowledge.json.br and dist/shapes.js.
import fs from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import Ajv from 'ajv';
import { _ } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { addResource, emptyPackage } from '../out/core/definitions/read.js';
import { createRegistry } from '../out/core/definitions/registry.js';
import { leanValidators } from './lean-validators.mjs';
import { shapeSchemas } from './shape-schemas.mjs';
import { TEXT_FORMS } from '../out/core/validate/primitives.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** @returns what the bundler tells of the shape validators */
export async function buildKnowledge(outDir) {
  const nhs = readProfiles(path.join(root, 'profiles'));
  const stu3 = readStu3(nhs);
  fs.mkdirSync(outDir, { recursive: true });
  writeCompressed(path.join(outDir, 'knowledge.json.br'), { packages: [stu3, nhs.package], data: nhs.data });
  return writeShapes(stu3, path.join(outDir, 'shapes.js'));
}

/**
 * Smaller by a third than in the package's own compression, and as quick to read. To find that takes ten seconds, so what a
 * text came to is kept for the next build.
 */
function writeCompressed(file, content) {
  const text = Buffer.from(JSON.stringify(content));
  const digest = createHash('sha256').update(process.versions.brotli).update(text).digest('hex');
  const kept = path.join(root, 'out', 'compressed', `${digest}.br`);
  if (!fs.existsSync(kept)) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    };
    fs.rmSync(path.dirname(kept), { recursive: true, force: true });
    fs.mkdirSync(path.dirname(kept), { recursive: true });
    const part = `${kept}.${process.pid}`;
    fs.writeFileSync(part, brotliCompressSync(text, { params }));
    fs.renameSync(part, kept);
  }
  fs.copyFileSync(kept, file);
}

function readProfiles(folder) {
  const target = emptyPackage();
  const data = {};
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.json') || path.basename(name) === 'package.json') continue;
    const json = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    if (json.resourceType === undefined) data[name.slice(0, -'.json'.length).replaceAll(path.sep, '/')] = json;
    else if (!addResource(target, json)) throw new Error(`profiles/${name}: ${json.resourceType} is of no use here`);
  }
  return { package: target, data };
}

/** Types and extensions whole; of the value sets and code systems only those that something at hand refers to. */
function readStu3(nhs) {
  const folder = path.join(path.dirname(require.resolve('stu3-definitions/package.json')), 'profiles', 'stu3');
  const read = (...files) => {
    const target = emptyPackage();
    for (const file of files)
      for (const { resource } of JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')).entry)
        if (['StructureDefinition', 'ValueSet', 'CodeSystem'].includes(resource.resourceType))
          addResource(target, resource);
    return target;
  };
  const types = read('profiles-types.json', 'profiles-resources.json');
  const extensions = read('extension-definitions.json');
  const terminology = read('valuesets.json', 'v3-codesystems.json', 'v2-tables.json');
  const definitions = types.definitions.filter((d) => d.kind !== 'logical');

  const profiles = new Set();
  for (const element of nhs.package.definitions.flatMap((d) => d.elements))
    for (const type of element.types ?? []) for (const url of type.profiles ?? []) profiles.add(url);
  const used = extensions.definitions.filter((d) => profiles.has(d.url));

  const bound = (from) =>
    from
      .flatMap((d) => d.elements)
      .filter((e) => e.binding && e.binding.strength !== 'example')
      .map((e) => e.binding.valueSet);
  const own = [...bound([...used, ...nhs.package.definitions]), ...nhs.package.valueSets.map((v) => v.url)];
  const { valueSets, codeSystems } = reachable([...bound(definitions), ...own], terminology, nhs.package);

  const profiled = new Set(nhs.package.definitions.map((d) => d.type));
  const near = definitions.filter((d) => d.kind !== 'resource' || profiled.has(d.type));
  const told = reachable(
    [...bound(near).filter((url) => url !== LABELS), CONFIDENTIALITY, ...own],
    terminology,
    nhs.package,
  );
  keepDefinitions(codeSystems, [...told.valueSets, ...nhs.package.valueSets]);
  return { definitions: [...definitions, ...extensions.definitions], valueSets, codeSystems, messageDefinitions: [] };
}

/** Labels of security may be any of a thousand codes of American law; of these only how confidential something is is read. */
const LABELS = 'http://hl7.org/fhir/ValueSet/security-labels';
const CONFIDENTIALITY = 'http://hl7.org/fhir/ValueSet/v3-ConfidentialityClassification';

/** Of a code that no element of a message at hand asks for, its name says enough. */
function keepDefinitions(codeSystems, valueSets) {
  const parts = valueSets.flatMap((valueSet) => valueSet.include);
  for (const { url, concepts } of codeSystems) {
    const parents = new Map(concepts.map(({ code, parent }) => [code, parent]));
    const isWithin = (code, root) =>
      code === root || (parents.get(code) !== undefined && isWithin(parents.get(code), root));
    const asked = parts.filter((part) => part.system === url);
    const isAsked = (code) =>
      asked.some(({ concepts: named, filters = [] }) =>
        named
          ? named.some((one) => one.code === code)
          : filters.every(({ op, value }) => !['is-a', 'descendent-of'].includes(op) || isWithin(code, value)),
      );
    for (const concept of concepts) if (!isAsked(concept.code)) delete concept.definition;
  }
}

function reachable(urls, terminology, own) {
  const valueSetOf = new Map([...terminology.valueSets, ...own.valueSets].map((v) => [v.url, v]));
  const seen = new Set();
  const systems = new Set();
  const queue = urls.map((url) => url.split('|')[0]);
  for (const url of queue) {
    if (seen.has(url)) continue;
    seen.add(url);
    const valueSet = valueSetOf.get(url);
    for (const part of [...(valueSet?.include ?? []), ...(valueSet?.exclude ?? [])]) {
      if (part.system) systems.add(part.system);
      queue.push(...(part.valueSets ?? []));
    }
  }
  return {
    valueSets: terminology.valueSets.filter((v) => seen.has(v.url)),
    codeSystems: terminology.codeSystems.filter((c) => systems.has(c.url)),
  };
}

async function writeShapes(stu3, file) {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    // A number too large to read is Infinity.
    strictNumbers: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, lines: false, formats: _`require("./primitive-formats")` },
    formats: Object.fromEntries(Object.entries(TEXT_FORMS).map(([name, form]) => [name, form.test])),
  });
  const schemas = shapeSchemas(createRegistry([stu3]), stu3.definitions);
  ajv.addSchema(schemas);
  const resources = stu3.definitions.filter(
    (d) => d.kind === 'resource' && !d.abstract && d.derivation === 'specialization',
  );
  const code = standaloneCode(ajv, Object.fromEntries(resources.map((d) => [d.type, d.type])));
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    stdin: { contents: leanValidators(code), resolveDir: root, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    outfile: file,
    logLevel: 'warning',
    plugins: [
      {
        name: 'primitive-formats',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /primitive-formats$/ }, () => ({ path: 'primitive-formats', namespace: 'itk3' }));
          onLoad({ filter: /.*/, namespace: 'itk3' }, () => ({
            contents: `const { TEXT_FORMS } = require('./out/core/validate/primitives.js');
              module.exports = Object.fromEntries(Object.entries(TEXT_FORMS).map(([name, form]) => [name, form.test]));`,
            resolveDir: root,
          }));
        },
      },
    ],
  });
  return metafile;
}

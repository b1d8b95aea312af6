// The package for npm as a stranger meets it: installed in an empty folder without a registry, run, imported and compiled against.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

describe('the package for npm', function () {
  this.timeout(180_000);

  let folder: string;
  let installed: string;

  const run = (command: string, ...args: string[]): Ran =>
    spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      // Nothing of this machine's npm, and no registry to ask.
      env: { ...process.env, npm_config_cache: path.join(folder, '.cache'), npm_config_offline: 'true' },
      shell: process.platform === 'win32' && command === NPM,
    });

  before(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'itk3 npm-')));
    fs.writeFileSync(path.join(folder, 'package.json'), '{ "name": "quillfeather", "private": true }');
    const made = spawnSync(process.execPath, ['scripts/npm-package.mjs', '--into', folder], { encoding: 'utf8' });
    assert.equal(made.status, 0, made.stderr);
    const tarball = fs.readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    const { status, stderr } = run(NPM, 'install', '--no-audit', '--no-fund', '--ignore-scripts', tarball);
    assert.equal(status, 0, stderr);
    installed = path.join(folder, 'node_modules', 'itk3-toolkit');
  });

  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('carries the right files and nothing else', () => {
    const files = fs
      .readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
    assert.deepEqual(files.sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'RULES.md',
      'SECURITY.md',
      'dist/NOTICES.txt',
      'dist/certificates.js',
      'dist/cli.js',
      'dist/exceptions.schema.json',
      'dist/fhirpath.js',
      'dist/knowledge.json.br',
      'dist/library.js',
      'dist/sbom.cdx.json',
      'dist/server.js',
      'dist/shapes.js',
      'dist/team-file.js',
      'dist/team-file.schema.json',
      'dist/toolkit.js',
      'dist/types/api.d.ts',
      'dist/types/error.d.ts',
      'dist/types/library.d.ts',
      'examples/emergency-supply-with-mistakes.json',
      'examples/emergency-supply.json',
      'package.json',
    ]);
    assert.deepEqual(fs.readdirSync(path.join(folder, 'node_modules')).sort(), [
      '.bin',
      '.package-lock.json',
      'itk3-toolkit',
    ]);
  });

  it('has a manifest for npm', () => {
    const read = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
    const manifest = read(path.join(installed, 'package.json'));
    const own = read('package.json');
    for (const key of ['name', 'version', 'license', 'keywords']) assert.deepEqual(manifest[key], own[key], key);
    assert.deepEqual(manifest.engines, { node: '>=20' });
    for (const key of ['private', 'contributes', 'dependencies', 'devDependencies', 'scripts', 'activationEvents'])
      assert.equal(manifest[key], undefined, key);
    for (const file of manifest.files as string[]) assert.ok(fs.existsSync(path.join(installed, file)), file);
    assert.match(String(manifest.description), /^.{20,160}$/);
  });

  it('runs as itk3, on a system of any kind', () => {
    // A carriage return would become part of the interpreter's name.
    assert.match(fs.readFileSync(path.join(installed, 'dist', 'cli.js'), 'utf8'), /^#!\/usr\/bin\/env node\n[^\r]*\n$/);
    const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string };
    const npx = (...args: string[]) => run(NPM, 'exec', '--no', '--', 'itk3', ...args);
    assert.equal(npx('--version').stdout, `itk3 ${version}\n`);
    const good = 'node_modules/itk3-toolkit/examples/emergency-supply.json';
    const itk3 = (...args: string[]) => run(process.execPath, 'node_modules/itk3-toolkit/dist/cli.js', ...args);
    assert.equal(itk3('validate', good).status, 0);
    const { status, stdout } = itk3('validate', good.replace('.json', '-with-mistakes.json'));
    assert.equal(status, 1);
    assert.match(stdout, /nhs-number/);
  });

  it("does what its README's sample says, from modules of both kinds", () => {
    const readme = fs.readFileSync(path.join(installed, 'README.md'), 'utf8');
    const [, sample] = /```js\n([\s\S]*?)```/.exec(readme)!;
    fs.writeFileSync(path.join(folder, 'sample.mjs'), sample!);
    const required = sample!.replace(/^import (\{.*\}) from ('.*');/m, 'const $1 = require($2);');
    fs.writeFileSync(path.join(folder, 'sample.cjs'), required);
    for (const file of ['sample.mjs', 'sample.cjs']) {
      const { status, stdout, stderr } = run(process.execPath, file);
      assert.equal(status, 0, stderr);
      const [finding, xml, refused, ...rest] = stdout.split('\n');
      assert.match(finding!, /^\d+:\d+ binding: .*finishd/);
      assert.match(xml!, /^<(\?xml|Bundle).* 0$/);
      assert.match(refused!, /^line 1: Line 1 must be mended before this can become XML\./);
      assert.deepEqual(rest, ['']);
    }
  });

  it('shows its functions in the README as they are', () => {
    const readme = fs.readFileSync(path.join(installed, 'README.md'), 'utf8');
    const told = [...readme.matchAll(/^\| ((?:`\w+[^|]*`(?:, )?)+)/gm)].flatMap(([, cell]) =>
      [...cell!.matchAll(/`(\w+)/g)].map(([, name]) => name!),
    );
    const script =
      "const { loadToolkit } = require('itk3-toolkit'); console.log(JSON.stringify(Object.keys(loadToolkit())))";
    const there = JSON.parse(run(process.execPath, '-e', script).stdout) as string[];
    assert.deepEqual([...told, 'problems'].sort(), ['loadToolkit', ...there].sort());
  });

  it('has types that stand alone, for every way to find modules', () => {
    const sample = `
      import { loadToolkit, ToolkitError, type Finding, type Toolkit } from 'itk3-toolkit';
      const itk3: Toolkit = loadToolkit({ profiles: ['ours'] });
      const { findings, excepted } = itk3.validate('{}', { exceptions: '{}', severities: { display: 'off' } });
      export const lines: number[] = findings.map(({ place }: Finding) => place.line);
      export const reasons: string[] = excepted.map(({ reason }) => reason);
      export const xml: string = itk3.convert(itk3.newMessage('emergency-supply', { format: 'json' }), 'xml').text;
      export const codes: ('positive' | 'negative')[] = itk3.responseCodes.map(({ outcome }) => outcome);
      export const accepted: boolean | undefined = itk3.readAcknowledgement(xml)?.accepted;
      export function lineOf(error: unknown): number | undefined {
        return error instanceof ToolkitError ? error.place?.line : undefined;
      }
      // @ts-expect-error: there is no such form
      itk3.convert(xml, 'yaml');
      // @ts-expect-error: what is read is not to be leant on as if it were known
      itk3.read(xml).value.resourceType;
    `;
    const ways: [ts.ModuleKind, ts.ModuleResolutionKind, string][] = [
      [ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16, 'mts'],
      [ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16, 'cts'],
      [ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext, 'mts'],
      [ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext, 'cts'],
      [ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler, 'ts'],
      [ts.ModuleKind.CommonJS, ts.ModuleResolutionKind.Node10, 'ts'],
    ];
    const libraries = new Map<string, ts.SourceFile | undefined>();
    for (const [module, moduleResolution, ending] of ways) {
      const file = path.join(folder, `consumer.${ending}`);
      fs.writeFileSync(file, sample);
      const options: ts.CompilerOptions = {
        module,
        moduleResolution,
        target: ts.ScriptTarget.ES2022,
        lib: ['lib.es2022.d.ts'],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        types: [],
      };
      const host = ts.createCompilerHost(options);
      const read = host.getSourceFile.bind(host);
      // The language's own files are the same each time, and half of the work.
      host.getSourceFile = (name, ...more) => {
        if (!path.basename(name).startsWith('lib.')) return read(name, ...more);
        if (!libraries.has(name)) libraries.set(name, read(name, ...more));
        return libraries.get(name);
      };
      const program = ts.createProgram([file], options, host);
      const told = ts.getPreEmitDiagnostics(program).map(({ messageText, file: where }) => {
        return `${where?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      });
      assert.deepEqual(told, [], `${ts.ModuleResolutionKind[moduleResolution]} of .${ending}`);
    }
  });
});

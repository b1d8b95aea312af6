// HL7's validator: its libraries from Maven Central, and the one program of ours that runs it over a folder.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const room = path.dirname(fileURLToPath(import.meta.url));
const lib = path.resolve('out/differential/lib');
const classes = path.resolve('out/differential/classes');
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';
const CORE = 'hl7.fhir.r3.core#3.0.2';

/** @returns which of the tools needed is not there; undefined when all are */
export function missingTool() {
  const tools = [['java', '-version'], ['javac', '-version'], ...(installed() ? [] : [['mvn', '--version']])];
  return tools.find(([tool, flag]) => spawnSync(tool, [flag], { stdio: 'ignore' }).status !== 0)?.[0];
}

/** Fetches what pom.xml names, once, and compiles Validate.java. The only step that uses the network. */
export function ensureValidator() {
  if (!installed()) {
    console.log("Installing HL7's validator (mvn, test/differential/pom.xml) …");
    run('mvn', ['-B', '-q', '-f', path.join(room, 'pom.xml'), COPY, `-DoutputDirectory=${lib}`]);
    fs.copyFileSync(path.join(room, 'pom.xml'), stamp());
  }
  run('javac', ['-nowarn', '-cp', path.join(lib, '*'), '-d', classes, path.join(room, 'Validate.java')]);
}

/** @returns {{ ready: number, results: Map<string, object> }} milliseconds until it had read all definitions; what it said of each file */
export function judgedByJava({ home, definitions, messages }) {
  const { stdout } = run('java', [
    '-Xmx4g',
    `-Duser.home=${home}`,
    '-cp',
    [classes, path.join(lib, '*')].join(path.delimiter),
    'Validate',
    CORE,
    definitions,
    messages,
  ]);
  const [{ ready }, ...results] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { ready, results: new Map(results.map((result) => [result.file, result])) };
}

function installed() {
  return (
    fs.existsSync(stamp()) && fs.readFileSync(stamp(), 'utf8') === fs.readFileSync(path.join(room, 'pom.xml'), 'utf8')
  );
}

function stamp() {
  return path.join(lib, 'pom.xml');
}

function run(tool, args) {
  const { status, stdout, stderr, error } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${tool} failed: ${error?.message ?? `${stdout}\n${stderr}`.trim().slice(-4000)}`);
  return { stdout };
}

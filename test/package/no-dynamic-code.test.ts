// Nothing that is run is made of text at run time: what a message holds can never become code.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ALL_RULES } from '../../core/rules';
import { startLanguageServer } from './language-server';

/** Node's own way to run text; `Module._compile` is one of its methods. */
const MODULES: ReadonlySet<string> = new Set(['vm', 'node:vm', 'inspector', 'node:inspector', 'repl', 'node:repl']);
const TIMERS: ReadonlySet<string> = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const FLAG = '--disallow-code-generation-from-strings';

/** What of a script makes code of text, as a person would look for it. */
function dynamicCode(name: string, code: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const tell = (node: ts.Node): void => {
    found.push(code.slice(node.pos, Math.min(node.end, node.pos + 80)).trim());
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const [first] = node.arguments ?? [];
      const called = nameOf(node.expression);
      const isText = first && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
      if (called === 'eval' || called === 'Function' || called === '_compile') tell(node);
      else if (called === 'constructor' && isText && ts.isPropertyAccessExpression(node.expression)) tell(node);
      else if (TIMERS.has(called) && isText) tell(node);
      else if (called === 'require' && isText && MODULES.has(first.getText(source).slice(1, -1))) tell(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(node: ts.Expression): string {
  if (ts.isParenthesizedExpression(node)) return nameOf(node.expression);
  // (0, eval)(…)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken) return nameOf(node.right);
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return node.argumentExpression.text;
  return '';
}

describe('no code is made at run time', function () {
  this.timeout(120_000);

  it('by any script of dist/, which the compiler reads as the engine does', () => {
    const scripts = fs.readdirSync('dist').filter((name) => name.endsWith('.js'));
    assert.ok(scripts.includes('toolkit.js') && scripts.includes('shapes.js') && scripts.includes('fhirpath.js'));
    for (const name of scripts)
      assert.deepEqual(dynamicCode(name, fs.readFileSync(path.join('dist', name), 'utf8')), [], name);
  });

  it('and would be found if it were', () => {
    for (const code of [
      'eval("1")',
      '(0, eval)(text)',
      'globalThis.eval(text)',
      'globalThis["eval"](text)',
      'new Function("a", body)',
      'Function("return this")()',
      '[].constructor.constructor("return this")()',
      'setTimeout("go()", 1)',
      'require("node:vm").runInThisContext(text)',
      'module._compile(text, name)',
    ])
      assert.equal(dynamicCode('x.js', code).length, 1, code);
    for (const code of ['"eval(1)"', '/eval(1)/', 'const evaluate = 1; evaluate(2)', 'setTimeout(go, 1)', 'new Map()'])
      assert.deepEqual(dynamicCode('x.js', code), [], code);
  });

  it('in the terminal: the engine itself refuses it', () => {
    const itk3 = (input: string, ...args: string[]) =>
      spawnSync(process.execPath, [FLAG, 'dist/cli.js', ...args], { encoding: 'utf8', input });
    const refused = spawnSync(process.execPath, [FLAG, '-e', 'eval("1")'], { encoding: 'utf8' });
    assert.match(refused.stderr, /EvalError/);

    const mistakes = fs.readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8');
    const judged = itk3(mistakes, 'validate', '-');
    assert.equal(judged.status, 1, judged.stderr);
    assert.equal(judged.stderr, '');
    const xml = itk3('', 'new', 'emergency-supply', '--format', 'xml');
    assert.equal(itk3(xml.stdout, 'convert', '--to', 'json', '-').status, 0);
  });

  it('in the library, with the constraints that the FHIRPath library judges', () => {
    const script = `
      const itk3 = require('./dist/library.js').loadToolkit();
      const value = { resourceType: 'ValueSet', status: 'draft', compose: { include: [{ version: '1' }] } };
      const rules = itk3.validate(JSON.stringify(value)).findings.map(({ rule }) => rule);
      const isLoaded = Object.keys(require.cache).some((file) => /[\\\\/]fhirpath\\.js$/.test(file));
      console.log(JSON.stringify({ rules, isLoaded }));`;
    const { stdout, stderr } = spawnSync(process.execPath, [FLAG, '-e', script], { encoding: 'utf8' });
    assert.equal(stderr, '');
    const { rules, isLoaded } = JSON.parse(stdout) as { rules: string[]; isLoaded: boolean };
    assert.ok(isLoaded);
    assert.ok(rules.includes('invariant'), rules.join());
  });

  it('in the language server: the engine itself refuses it', async () => {
    const server = await startLanguageServer([FLAG]);
    try {
      const text = fs.readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8');
      const rules = (await server.open('file:///mistakes.json', text)).map(({ code }) => String(code));
      assert.ok(rules.some((rule) => ALL_RULES.some(({ id }) => id === rule)));
      assert.deepEqual(await server.end(), [0, null]);
    } finally {
      server.kill();
    }
  });
});

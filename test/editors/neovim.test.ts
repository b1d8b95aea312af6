// `itk3 lsp --stdio` in an editor that is not VS Code: what Neovim's own language client shows, kept as a transcript.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { itk3 } from '../cli/terminal';
import { publishedFiles, publishedFolder } from '../published';
import { type Step, visit } from './neovim';

const GOLDEN = path.resolve('test/editors/neovim.txt');
const SEVERITIES = ['', 'error', 'warning', 'information', 'hint'];
const MISTAKES = fs.readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8');

describe('in Neovim', function () {
  this.timeout(240_000);
  let folder: string;
  const home = (): string => fs.mkdtempSync(path.join(folder, 'home-'));
  const file = (name: string, text: string): string => {
    fs.writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  before(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-neovim-')));
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  const assertSameAsTerminal = async (name: string, shown: readonly Diagnostic[]): Promise<void> => {
    const { stdout } = await itk3(['validate', '--format', 'json', name]);
    const [{ findings }] = JSON.parse(stdout) as [{ findings: Record<string, unknown>[] }];
    const told = findings.map((f) => [f.rule, f.severity, f.message, f.line, f.column, f.endLine, f.endColumn]);
    const seen = shown.map(({ code, severity, message, range: { start, end } }) => [
      ...[code, SEVERITIES[severity ?? 0], message],
      ...[start.line + 1, start.character + 1, end.line + 1, end.character + 1],
    ]);
    assert.deepEqual(seen.map(String).sort(), told.map(String).sort());
    assert.ok(told.length > 0);
  };

  it('shows, explains, completes, mends and lays out, the same in bytes as in UTF-16', async () => {
    const json = file('mistakes.json', MISTAKES);
    const { stdout } = await itk3(['convert', '--to', 'xml', json]);
    const xml = file('mistakes.xml', stdout);
    const steps = [...inJson(json), ...inXml(xml), ...inOtherAlphabets(file('zoë.json', ZOE))];
    const { transcript } = visit(home(), 'utf-16', steps);
    if (process.env.UPDATE) fs.writeFileSync(GOLDEN, transcript);
    assert.equal(transcript, fs.readFileSync(GOLDEN, 'utf8'));
    assert.equal(visit(home(), 'utf-8', steps).transcript, transcript);
  });

  it('shows what itk3 validate prints', async () => {
    const json = file('again.json', MISTAKES);
    const { stdout } = await itk3(['convert', '--to', 'xml', json]);
    const names = [
      json,
      file('again.xml', stdout),
      ...publishedFiles('examples/emergency-supply').map((one) => fs.realpathSync(publishedFolder(one))),
    ];
    const seen = visit(
      home(),
      'utf-16',
      names.map((name): Step => ['open', name]),
    );
    // Each escapes what stands in a uri in its own way.
    const shown = new Map(Object.values(seen.published).map((one) => [fileURLToPath(one.uri), one.diagnostics]));
    for (const name of names) await assertSameAsTerminal(name, shown.get(name) ?? []);
  });

  it('does as its settings say', () => {
    const one = file('settings.json', '{ "resourceType": "Patient", "gender": "x" }\n');
    const { transcript } = visit(home(), 'utf-16', [['open', one]], { rules: { binding: 'hint' } });
    assert.match(transcript, /"x" {2}hint \(binding\)/);
  });
});

const inJson = (file: string): Step[] => [
  ['open', file],
  ['hover', '"|birthDate"'],
  ['hover', '"status": "|finished"'],
  ['act', '"|famly"', 'Rename to family'],
  ['change', '"birthDate": "|1956-02-30"', '"birthDate": "1956-02-29"'],
  ['complete', '"gender": "|male"', 'female'],
  ['define', 'urn:uuid:|ce433ffc-82dd-4092-ac0f-bd006009cad3'],
  ['change', '"code": "emergency",', '"code":     "emergency-supply",'],
  ['format'],
  ['outline'],
];

const inXml = (file: string): Step[] => [
  ['open', file],
  ['hover', '<|birthDate'],
  ['act', '<|famly', 'Rename to family'],
  ['complete', '<gender value="|male"', 'female'],
  ['change', '<birthDate value="1956-02-30"/>', '<birthDate   value="1956-02-29"/>'],
  ['format'],
];

/** Two mistakes behind characters of one to four bytes, on one line. */
const ZOE =
  '{ "resourceType": "Patient", "name": [{ "family": "Zoë 😀 Testpatient", "famly": "漢" }], "gender": "mail" }\n';

const inOtherAlphabets = (file: string): Step[] => [
  ['open', file],
  ['hover', '"|gender"'],
  ['change', 'Zoë 😀 |Test', 'Zoë 🏴 👩‍⚕️ Other'],
  ['complete', '"gender": "|mail"', 'male'],
  ['act', '"|famly"', 'Remove famly'],
  ['format'],
];

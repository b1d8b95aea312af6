// What a team's file says of judging, for editors whose client does not read it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { teamJudging } from '../../cli/team-judging';
import { temporaryFolder } from './terminal';

describe("a team's file for other editors", () => {
  const folder = temporaryFolder();
  const toolkit = path.resolve('dist');
  const inFolder = (...names: string[]): string => path.join(folder.path, ...names);
  const read = (from = folder.path) => teamJudging(from, toolkit);
  beforeEach(() => {
    for (const name of ['.git', '.vscode', 'fixtures']) fs.mkdirSync(inFolder(name));
  });

  it('is that of the repository, wherever the document lies in it', () => {
    const nothing = { rules: {}, profiles: [], problems: [] };
    assert.deepEqual(read(), nothing);
    folder.file('.vscode/itk3.json', '{ "validate": { "rules": { "binding": "off" }, "profiles": ["ours"] } }');
    const wanted = { rules: { binding: 'off' }, profiles: [inFolder('ours')], problems: [] };
    assert.deepEqual(read(inFolder('fixtures')), wanted);
    assert.deepEqual(read(), wanted);
    assert.deepEqual(read(path.dirname(folder.path)), nothing);
  });

  it('holds but for what is wrong in it, which is told with its place', () => {
    folder.file('.vscode/itk3.json', '{ "validate": { "rules": { "binding": "off", "nosuch": "off" } }, "guards": 7 }');
    const { rules, problems } = read();
    assert.equal(rules.binding, 'off');
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^\.vscode.itk3\.json:1:46 .*No rule is called so/);
  });

  it('that cannot be read is told', () => {
    fs.mkdirSync(inFolder('.vscode', 'itk3.json'));
    assert.deepEqual(
      read().problems.map((problem) => problem.replace('\\', '/')),
      ['The configuration .vscode/itk3.json cannot be read (EISDIR).'],
    );
  });
});

// What a newcomer opens: every file of the example workspace is what its README says.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readResponse } from '../core/itk3/response';
import { errorsIn, readOutgoing } from '../exchange/outgoing';
import { type Check, readTeamFile } from '../exchange/team-file';
import { knowledge } from './knowledge';

const WORKSPACE = 'first-steps/workspace';
/** The day after the files were written. */
const NOW = new Date('2026-11-21T12:00:00Z');
const read = (file: string): string => fs.readFileSync(file, 'utf8');
const judged = (file: string) => {
  const outgoing = readOutgoing(read(file), knowledge(), { now: NOW });
  assert.ok(outgoing, file);
  return outgoing;
};

describe('the example workspace', () => {
  for (const file of [
    'examples/emergency-supply.json',
    `${WORKSPACE}/received/accepted.json`,
    `${WORKSPACE}/received/rejected.json`,
  ])
    it(`${path.basename(file)} has no errors and no warnings`, () => {
      const told = judged(file).findings.filter(({ severity }) => severity !== 'hint');
      assert.deepEqual(told, []);
    });

  it('emergency-supply-with-mistakes.json has errors', () => {
    assert.ok(errorsIn(judged('examples/emergency-supply-with-mistakes.json').findings).length > 3);
  });

  for (const [name, code, example] of [
    ['accepted', '30001', 'emergency-supply'],
    ['rejected', '20006', 'emergency-supply-with-mistakes'],
  ] as const)
    it(`${name}.json answers ${example}.json with ${code}`, () => {
      const answer = readResponse(JSON.parse(read(`${WORKSPACE}/received/${name}.json`)), knowledge());
      assert.ok(answer);
      assert.equal(answer.code, code);
      assert.equal(answer.accepted, name === 'accepted');
      assert.equal(answer.answers, judged(`examples/${example}.json`).messageId);
    });

  it('has a team file without mistakes, which forbids live', () => {
    const check = createRequire(path.resolve('dist/team-file.js'))('./team-file.js') as Check;
    const file = readTeamFile(read(`${WORKSPACE}/.vscode/itk3.json`), check, undefined);
    assert.deepEqual(file.mistakes, []);
    assert.equal(file.guards.live, 'forbid');
    assert.deepEqual(
      file.places.map(({ mailbox }) => mailbox),
      ['X26EXAMPLE'],
    );
  });

  it('has a README that names every file there is', () => {
    const readme = read(`${WORKSPACE}/README.md`);
    const files = [WORKSPACE, 'examples'].flatMap((folder) =>
      fs
        .readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.replaceAll(path.sep, '/')),
    );
    for (const name of files) assert.ok(readme.includes(`\`${name}\``), name);
  });
});

import assert from 'node:assert/strict';
import { excerptOf } from '../../cli/reporters/excerpt';
import type { Terminal } from '../../cli/terminal';
import { itk3, temporaryFolder } from './terminal';

describe('the text report', () => {
  const folder = temporaryFolder();
  const report = async (content: string, change: Partial<Terminal> = {}) => {
    folder.file('m.json', content);
    return (await itk3(['validate', 'm.json'], { cwd: folder.path, ...change })).stdout;
  };

  it('shows the line, marks the spot, and says where in the message and by which standard', async () => {
    const text = '{\n  "resourceType": "Patient",\n  "gender": "femal"\n}\n';
    assert.equal(
      await report(text),
      `m.json:3:13  error  "femal" is not in the value set AdministrativeGender: did you mean "female"?  (binding)
  3 | "gender": "femal"
    |           ^^^^^^^
    = Patient.gender  [FHIR STU3]

1 error in 1 file
`,
    );
  });

  it('shows related places too', async () => {
    assert.equal(
      await report('{\n  "resourceType": "Patient",\n  "id": "a",\n  "id": "b"\n}\n'),
      `m.json:4:3  error  "id" stands twice in this object: readers keep only one of them. Remove or rename one.  (duplicate-key)
  4 | "id": "b"
    | ^^^^
    = Patient.id  [RFC 8259, the JSON format]
    m.json:3:3  "id" stands here first
  3 | "id": "a",
    | ----

1 error in 1 file
`,
    );
  });

  it('cuts a long line around the spot', async () => {
    const long = 'x'.repeat(5000);
    const text = `{"resourceType": "Patient", "id": "a", "implicitRules": "${long}", "gendr": 1, "language": "${long}"}`;
    const lines = (await report(text)).split('\n');
    const [line, mark] = [lines[1]!, lines[2]!];
    assert.ok(line.length <= 100, `${line.length} characters`);
    assert.match(line, /^ {2}1 \| ….*"gendr": 1.*…$/);
    assert.equal(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1), '"gendr"');
  });

  it('keeps to the width of the terminal', async () => {
    const text = `{"resourceType": "Patient", "implicitRules": "${'x'.repeat(500)}", "gendr": 1}`;
    const stdout = { text: '', columns: 60, write: (more: string) => (stdout.text += more) };
    await report(text, { stdout });
    const [, line, mark] = stdout.text.split('\n');
    assert.ok(line!.length <= 60 && mark!.length <= 60);
  });

  it('lets no control character and no direction mark through to the terminal', async () => {
    const out = await report('{"resourceType": "Pat\\u001b[2Jient\\u202e", "id": "\u001b[31m\u202e\u0007"}');
    assert.doesNotMatch(out, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    assert.match(out, /error/);
  });

  it('tells what is no fault of a message once for all files, and at the end', async () => {
    const coded = (...systems: string[]) =>
      JSON.stringify({
        resourceType: 'Basic',
        code: { coding: systems.map((system) => ({ system, code: '22298006' })) },
      });
    folder.file('a.json', coded('http://snomed.info/sct'));
    folder.file('b.json', coded('http://snomed.info/sct', 'urn:x-local:codes'));
    const alone = await itk3(['validate', 'a.json'], { cwd: folder.path });
    assert.match(alone.stdout, /^a\.json: One code of SNOMED CT .*\(not-checked\)\n0 errors in 1 file\n$/);
    const { stdout } = await itk3(['validate', 'a.json', 'b.json'], { cwd: folder.path });
    assert.equal(
      stdout,
      `2 files: codes of SNOMED CT, urn:x-local:codes were not looked up, because these code systems are not at hand.  (not-checked)
0 errors in 2 files
`,
    );
  });

  it('counts no findings where nothing could be read', async () => {
    const { stdout } = await itk3(['validate', 'nowhere.json'], { cwd: folder.path });
    assert.equal(stdout, '1 file could not be read\n');
  });

  it('counts', async () => {
    folder.file('a.json', '{"resourceType": "Patient", "gendr": 1, "birthdate": 2}');
    folder.file('b.json', '{"resourceType": "Patient", "id": "b"}');
    const { stdout } = await itk3(['validate', 'a.json', 'b.json', 'c.json'], { cwd: folder.path });
    assert.match(stdout, /\n2 errors in 2 files; 1 file could not be read\n$/);
  });

  const COLOURS: [name: string, stdout: { isTTY?: boolean }, env: Record<string, string>, coloured: boolean][] = [
    ['on a terminal', { isTTY: true }, {}, true],
    ['on a terminal, with NO_COLOR empty', { isTTY: true }, { NO_COLOR: '' }, true],
    ['not on a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
    ['not on a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, false],
    ['not into a pipe', {}, {}, false],
  ];
  for (const [name, kind, env, coloured] of COLOURS) {
    it(`${coloured ? 'uses' : 'uses no'} colour: ${name}`, async () => {
      const stdout = { ...kind, text: '', write: (more: string) => (stdout.text += more) };
      await report('{"resourceType": "Patient", "gendr": 1}', { stdout, env });
      assert.match(stdout.text, /error/);
      assert.equal(stdout.text.includes('\x1b['), coloured);
    });
  }
});

describe('an excerpt', () => {
  /** ⟦ ⟧ mark the spot in the line; the result shows line and mark. */
  const CASES: [name: string, marked: string, room: number, text: string, mark: string][] = [
    ['a whole line', '"a": ⟦1⟧,', 20, '"a": 1,', '     ^'],
    ['an indented line', '    "a": ⟦1⟧,', 20, '"a": 1,', '     ^'],
    ['a line with tabs', '\t\t"a":\t⟦1⟧', 20, '"a": 1', '     ^'],
    ['a spot in the indentation', '  ⟦  ⟧1', 20, '  1', '^^'],
    ['an empty spot', 'ab⟦⟧', 20, 'ab', '  ^'],
    ['an empty line', '⟦⟧', 20, '', '^'],
    ['much before', 'abcdefghijklmnop⟦xyz⟧', 10, '…klmnopxyz', '       ^^^'],
    ['much behind', '⟦xyz⟧abcdefghijklmnop', 10, 'xyzabcdef…', '^^^'],
    ['much on both sides', 'abcdefghijklmnop⟦xyz⟧abcdefghijklmnop', 13, '…lmnopxyzabc…', '      ^^^'],
    ['a spot too long to show', 'abc⟦defghijklmnop⟧q', 8, 'defghij…', '^^^^^^^^'],
    ['wide characters', '漢字⟦漢⟧字', 20, '漢字漢字', '    ^^'],
    ['an accent of its own', 'e\u0301⟦x⟧', 20, 'e\u0301x', ' ^'],
    ['half of a pair', '\ud83d⟦x⟧', 20, '\ufffdx', ' ^'],
  ];
  for (const [name, marked, room, text, mark] of CASES) {
    it(`of ${name}`, () => {
      const start = marked.indexOf('⟦');
      const end = marked.indexOf('⟧') - 1;
      const excerpt = excerptOf(marked.replace(/[⟦⟧]/g, ''), start, end, room);
      assert.equal(excerpt.text, text);
      assert.equal(' '.repeat(excerpt.indent) + '^'.repeat(excerpt.width), mark);
    });
  }

  it('of a line of many megabytes', () => {
    const line = 'x'.repeat(30_000_000);
    for (let i = 0; i < 1000; i++) assert.equal(excerptOf(line, 15_000_000 + i, 15_000_003 + i, 80).text.length, 80);
  });
});

// A file of several messages: each is judged by itself, and told at its place in the file.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMessages } from '../../../cli/judging/input';
import { judgeFile } from '../../../cli/judging/judge-file';
import { judgeText } from '../../../cli/judging/judge';
import { isUnreadable, type JudgedFile } from '../../../cli/judging/judged';
import { linesOf } from '../../../cli/judging/lines';
import { createSplitter, holdsSeveral, type Part } from '../../../cli/judging/messages';
import { LARGEST_INPUT } from '../../../cli/read-input';
import { knowledge } from '../../knowledge';
import { input, itk3, temporaryFolder, VALID } from '../terminal';

const LARGEST = 1_000_000;
const PATIENT = { resourceType: 'Patient', gender: 'mail', id: '😀 } { é' };
const MESSAGES: readonly string[] = [
  JSON.stringify(PATIENT),
  JSON.stringify(PATIENT, null, 2),
  JSON.stringify({ ...PATIENT, gendr: 'x', name: [{ family: 'a\n"b\\' }] }, null, '\t'),
  JSON.stringify({ resourceType: 'Basic' }),
  JSON.stringify({ name: 'no resource' }),
  '{"resourceType": "Patient", "gender": "male", "gender": "female"}',
];

const pieces = (...texts: string[]): Part[] => {
  const splitter = createSplitter(LARGEST);
  return [...texts.flatMap((text) => splitter.feed(text)), ...splitter.end()];
};
const textsIn = (text: string): string[] =>
  pieces(text).map((part) => (part.kind === 'message' ? part.text : part.kind === 'stray' ? part.message : 'large'));

describe('a file of several messages', () => {
  const folder = temporaryFolder();
  const world = () => ({ cwd: folder.path, stdin: input(), knowledge, now: () => new Date('2026-12-04T05:06:07Z') });
  const fileOf = async (name: string): Promise<JudgedFile> => {
    const [judged] = (await judgeFile({ name }, world(), {})) ?? [];
    assert.ok(judged && !isUnreadable(judged));
    return judged;
  };

  it('has the findings of each of them alone, at their places in the file', async () => {
    const gap = fc.constantFrom('', ' ', '\n', '\r\n  ', '\r', '\n\n\t');
    const list = fc.array(fc.record({ text: fc.constantFrom(...MESSAGES), before: gap, after: gap }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(list, fc.boolean(), async (items, isList) => {
        let text = isList ? '[' : '';
        const starts: number[] = [];
        for (const [i, { text: one, before, after }] of items.entries()) {
          text += before;
          starts.push(text.length);
          text += one + after + (isList && i < items.length - 1 ? ',' : '');
        }
        if (isList) text += ']';
        folder.file('m.json', text);
        const { findings } = await fileOf('m.json');
        const lines = linesOf(text);
        const several = isList || items.length > 1;
        const wanted = [];
        for (const [i, { text: one }] of items.entries()) {
          const [alone] = await judgeText('one.json', { file: 'one.json', text: one }, world(), {});
          assert.ok(alone && !isUnreadable(alone));
          for (const { message, rule, pointer, place } of alone.findings) {
            const offset = starts[i]! + place.offset;
            const end = lines.placeOf(offset + place.length);
            wanted.push({
              rule,
              message,
              pointer: several ? `/${i}${pointer}` : pointer,
              ...lines.placeOf(offset),
              endLine: end.line,
              endColumn: end.column,
              offset,
              length: place.length,
              among: several ? { message: i + 1, of: items.length } : undefined,
            });
          }
        }
        assert.deepEqual(
          findings.map(
            ({ rule, message, pointer, place: { line, column, endLine, endColumn, offset, length }, among }) => ({
              rule,
              message,
              pointer,
              line,
              column,
              endLine,
              endColumn,
              offset,
              length,
              among,
            }),
          ),
          wanted,
        );
      }),
      { numRuns: 60, seed: 8 },
    );
  });

  it('is taken apart the same in whatever pieces it is read', () => {
    const text = fc
      .array(fc.constantFrom(...MESSAGES, ...['[', ']', '{', '}', ',', '"', '\\', ' ', '\n', '\r', '\r\n', 'x']), {
        maxLength: 12,
      })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { minLength: 1 }), (whole, steps) => {
        const cut: string[] = [];
        for (let at = 0, i = 0; at < whole.length; i++) {
          const step = 1 + steps[i % steps.length]!;
          cut.push(whole.slice(at, at + step));
          at += step;
        }
        assert.equal(JSON.stringify(pieces(...cut)), JSON.stringify(pieces(whole)));
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  it('loses nothing but what stands between messages', () => {
    const [a, b] = [MESSAGES[0]!, MESSAGES[1]!];
    assert.deepEqual(textsIn(`[${a},\n${b}]`), [a, b]);
    assert.deepEqual(textsIn(`${a}\n${a}\n`), [a, a]);
    assert.deepEqual(textsIn(`${a}${b} ${a}`), [a, b, a]);
    assert.deepEqual(textsIn(`\ufeff${a}\r\n\r\n${a}`), [a, a]);
    assert.deepEqual(textsIn(`[${a}, 5, "x, ]", null]`), [a, '5', '"x, ]"', 'null']);
  });

  it('in lines loses one message where one is broken', () => {
    const [a] = MESSAGES;
    assert.deepEqual(textsIn(`{"a": [1\n${a!}\n}\n${a!}`), ['{"a": [1', a, '}', a]);
    assert.deepEqual(textsIn(`${a!}\n{"a": "b\n\n${a!}`), [a, '{"a": "b', a]);
    const flat = JSON.stringify(JSON.parse(VALID), null, 1).replace(/^ +/gm, '');
    assert.deepEqual(textsIn(`${flat}\n${flat}`), [flat, flat]);
  });

  it('says what is wrong between messages', () => {
    const a = MESSAGES[0]!;
    const many = 'A message is missing here, or there is a comma too many.';
    assert.deepEqual(textsIn(`[${a},]`), [a, many]);
    assert.deepEqual(textsIn(`[${a},,${a}]`), [a, many, a]);
    assert.deepEqual(textsIn(`[${a} ${a}]`), [a, 'A comma is missing before this.', a]);
    assert.deepEqual(textsIn(`[${a}`), [a, 'The text ends before this list is closed with ].']);
    assert.deepEqual(textsIn(`[${a}] x y`), [a, 'The list has ended: nothing may follow it.']);
    assert.deepEqual(textsIn(`${a},${a}`), [
      a,
      'Only a list, in [ and ], has commas between its messages: leave this one out, or make a list.',
      a,
    ]);
  });

  it('is told from one message', () => {
    assert.equal(holdsSeveral(VALID, 'm.json'), false);
    assert.equal(holdsSeveral(JSON.stringify(JSON.parse(VALID)), 'm.json'), false);
    assert.equal(holdsSeveral('[]', 'm.json'), false);
    assert.equal(holdsSeveral('[[{', 'm.json'), false);
    assert.equal(holdsSeveral('<Bundle/><Bundle/>', 'm.xml'), false);
    assert.equal(holdsSeveral('{}{}', 'm.json'), true);
    assert.equal(holdsSeveral('\ufeff [\n {', 'm.json'), true);
  });

  it('may have any length: the limit is that of a message', async () => {
    const short = '{"resourceType": "Basic"}';
    const long = `{"a": "${'\\\\"'.repeat(80)}"}`;
    const stdin = input(...[short, short, long, short, long, short].join('\n').match(/[^]{1,30}/g)!);
    const read = await readMessages('-', { ...world(), stdin }, { head: 30, largest: 100 });
    assert.ok('parts' in read);
    const parts: Part[] = [];
    for await (const part of read.parts) parts.push(part);
    assert.deepEqual(
      parts.map(({ kind, at }) => [kind, at.line, at.column]),
      [short, short, long, short, long, short].map((one, i) => [one === long ? 'large' : 'message', i + 1, 1]),
    );
    folder.file('one.json', JSON.stringify({ resourceType: 'Basic', id: 'x'.repeat(200) }));
    assert.ok('problem' in (await readMessages('one.json', world(), { head: 10, largest: 100 })));
  });

  it('has a finding where something stands between its messages, and one that tells which message is too large', async function () {
    this.timeout(20_000);
    const patient = MESSAGES[0]!;
    const large = `{"resourceType": "Basic", "id": "${'x'.repeat(LARGEST_INPUT)}"}`;
    const stdin = input('[', patient, ',,\n', large.slice(0, -2), large.slice(-2), ',\n', patient, ']');
    const [judged, ...more] = (await judgeFile({ name: '-' }, { ...world(), stdin }, {})) ?? [];
    assert.ok(judged && !isUnreadable(judged));
    assert.deepEqual(more, []);
    const told = judged.findings.map(({ rule, path, place: { line, column }, among }) =>
      [rule, path, `${line}:${column}`, among ? `${among.message} of ${among.of}` : ''].join(' | '),
    );
    const column = 2 + patient.length + 1;
    const gender = patient.indexOf('"mail"');
    assert.deepEqual(
      told.filter((one) => /^(binding|json-syntax|too-much)/.test(one)),
      [
        `binding | [0].gender | 1:${2 + gender} | 1 of 3`,
        `json-syntax |  | 1:${column} | `,
        'too-much | [1] | 2:1 | 2 of 3',
        `binding | [2].gender | 3:${1 + gender} | 3 of 3`,
      ],
    );
    assert.match(judged.findings.find(({ rule }) => rule === 'too-much')!.message, /larger than 32 MiB.*not judged/);
  });

  it('that turns out to be no text is judged as far as it is', async () => {
    const many = `${MESSAGES[0]!}\n`.repeat(3);
    const blank = ' '.repeat(1024 * 1024);
    for (const [bytes, problem] of [
      [Buffer.from('{"id": "a\0'), /^is not text from some place on \(it holds NUL bytes\)/],
      [Buffer.from([0x7b, 0xff]), /^is not UTF-8 text from some place on/],
    ] as const)
      // In one piece with what goes before, a byte that is no UTF-8 takes it along.
      for (const pieces of [
        [many, blank, bytes],
        ...(bytes.includes(0) ? [[Buffer.concat([Buffer.from(many + blank), bytes])]] : []),
      ]) {
        const stdin = input(...pieces);
        const [judged, unread, ...more] = (await judgeFile({ name: '-' }, { ...world(), stdin }, {})) ?? [];
        assert.ok(judged && !isUnreadable(judged));
        assert.deepEqual(
          judged.findings.filter(({ rule }) => rule === 'binding').map(({ path }) => path),
          ['[0].gender', '[1].gender', '[2].gender'],
        );
        assert.ok(unread && isUnreadable(unread));
        assert.match(unread.problem, problem);
        assert.deepEqual(more, []);
      }
  });

  it('has its exceptions beside it: for one message, for each, or by the path that is printed', async () => {
    folder.file('m.ndjson', `${MESSAGES[0]!}\n${MESSAGES[0]!}\n`);
    const binding = async (path: string | undefined): Promise<[number, string[]]> => {
      folder.file('m.ndjson.itk3', JSON.stringify({ exceptions: [{ rule: 'binding', path, reason: 'why' }] }));
      const verdict = (await judgeFile({ name: 'm.ndjson' }, world(), {})) ?? [];
      const rules = verdict.map((file) => (isUnreadable(file) ? [] : file.findings.map(({ rule }) => rule)));
      return [rules[0]!.filter((rule) => rule === 'binding').length, rules[1] ?? []];
    };
    const { findings } = await fileOf('m.ndjson');
    assert.equal(findings.filter(({ rule }) => rule === 'binding').length, 2);
    assert.deepEqual(await binding(findings.find(({ rule }) => rule === 'binding')!.path), [1, []]);
    assert.deepEqual(await binding('[1].gender'), [1, []]);
    assert.deepEqual(await binding('[*].gender'), [0, []]);
    assert.deepEqual(await binding('Patient.gender'), [0, []]);
    assert.deepEqual(await binding(undefined), [0, []]);
    assert.deepEqual(await binding('[2].gender'), [2, ['unused-exception']]);
  });

  it('comes through standard input as well', async () => {
    const [head, tail] = [MESSAGES[0]!.slice(0, 20), MESSAGES[0]!.slice(20)];
    const stdin = input(`${MESSAGES[0]!}\n${head}`, tail);
    const { code, stdout } = await itk3(['validate', '--format', 'json', '-'], { stdin });
    const [{ findings }] = JSON.parse(stdout) as [{ findings: { path: string; line: number }[] }];
    assert.equal(code, 1);
    assert.deepEqual(
      findings.filter(({ path }) => path.endsWith('gender')).map(({ path, line }) => [path, line]),
      [
        ['[0].gender', 1],
        ['[1].gender', 2],
      ],
    );
  });
});

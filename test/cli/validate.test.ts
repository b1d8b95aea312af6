import assert from 'node:assert/strict';
import path from 'node:path';
import { LARGEST_INPUT } from '../../cli/read-input';
import { FINISHED, input, itk3, sentences, temporaryFolder, VALID } from './terminal';

interface Entry {
  file: string;
  findings: {
    rule: string;
    severity: string;
    pointer: string;
    path: string;
    line: number;
    column: number;
    endLine: number;
    endColumn: number;
    message: string;
    source: { title: string; url: string } | null;
  }[];
}

const WRONG = VALID.replace(FINISHED, '"status": "finishd"');

describe('itk3 validate', () => {
  const folder = temporaryFolder();
  const validate = (...argv: string[]) => itk3(['validate', ...argv], { cwd: folder.path });
  const json = async (...argv: string[]) => {
    const ran = await validate('--format', 'json', ...argv);
    const entries = JSON.parse(ran.stdout) as Entry[];
    return { ...ran, entries, found: entries.map((e) => e.findings.filter(({ severity }) => severity !== 'hint')) };
  };

  it('exits 0 on a valid message', async () => {
    assert.notEqual(WRONG, VALID);
    folder.file('valid.json', VALID);
    const { code, stdout, stderr } = await validate('valid.json');
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(
      stdout,
      /^valid\.json: \d+ codes of SNOMED CT were checked for form .*\(not-checked\)\n([^\n]*\(not-checked\)\n)*0 errors in 1 file\n$/,
    );
  });

  it('exits 0 on warnings', async () => {
    const number = /"value": "(999\d{6})(\d)"/.exec(VALID);
    assert.ok(number);
    folder.file('m.json', VALID.replace(number[0], `"value": "${number[1]!}${(Number(number[2]) + 1) % 10}"`));
    const { code, found } = await json('m.json');
    assert.equal(code, 0);
    assert.deepEqual(
      found[0]!.map((finding) => [finding.rule, finding.severity]),
      [['nhs-number', 'warning']],
    );
  });

  it('says in JSON what, where in the text and where in the message, and by which standard', async () => {
    folder.file('wrong.json', WRONG);
    const { code, entries, found, stderr } = await json('wrong.json');
    assert.equal(code, 1);
    assert.equal(stderr, '');
    assert.equal(entries.length, 1);
    assert.equal(entries[0]!.file, 'wrong.json');
    const [finding, ...more] = found[0]!;
    assert.deepEqual(more, []);
    const lines = WRONG.split('\n');
    const line = lines.findIndex((text) => text.includes('"finishd"')) + 1;
    const column = lines[line - 1]!.indexOf('"finishd"') + 1;
    const { message, source, pointer, ...rest } = finding!;
    assert.match(pointer, /^\/entry\/\d+\/resource\/entry\/\d+\/resource\/status$/);
    assert.match(message, /finishd.*finished/);
    assert.ok(source?.title && source.url);
    assert.deepEqual(rest, {
      rule: 'binding',
      severity: 'error',
      path: `Bundle${pointer.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.')}`,
      line,
      column,
      endLine: line,
      endColumn: column + '"finishd"'.length,
    });
  });

  it('gives exactly the documented keys, in the documented order', async () => {
    folder.file('wrong.json', WRONG);
    const { entries } = await json('wrong.json');
    assert.deepEqual(Object.keys(entries[0]!), ['file', 'findings', 'excepted']);
    assert.deepEqual(
      Object.keys(entries[0]!.findings[0]!),
      'rule severity pointer path line column endLine endColumn message source'.split(' '),
    );
  });

  it('takes a byte order mark, CR LF and CR for what they are: the places stay', async () => {
    folder.file('lf.json', WRONG);
    folder.file('bom.json', `\ufeff${WRONG}`);
    folder.file('crlf.json', WRONG.replaceAll('\n', '\r\n'));
    folder.file('cr.json', WRONG.replaceAll('\n', '\r'));
    const { entries } = await json('lf.json', 'bom.json', 'crlf.json', 'cr.json');
    for (const { findings } of entries.slice(1)) assert.deepEqual(findings, entries[0]!.findings);
  });

  it('counts columns in UTF-16 code units', async () => {
    folder.file('astral.json', '{"resourceType": "Patient", "id": "a", "language": "😀", "gendr": "x"}');
    const { entries } = await json('astral.json');
    const finding = entries[0]!.findings.find(({ rule }) => rule === 'unknown-property');
    assert.equal(finding?.column, '{"resourceType": "Patient", "id": "a", "language": "😀", '.length + 1);
  });

  it('gives the end of a value that spans lines', async () => {
    folder.file('spans.json', '{"resourceType": "Patient",\n"id": {\n"a": 1\n}}');
    const { entries } = await json('spans.json');
    const { line, column, endLine, endColumn } = entries[0]!.findings.find(({ rule }) => rule === 'kind')!;
    assert.deepEqual({ line, column, endLine, endColumn }, { line: 2, column: 7, endLine: 4, endColumn: 2 });
  });

  const READABLE: [name: string, content: string, rule: string][] = [
    ['an empty file', '', 'json-syntax'],
    ['a file of white space', ' \n\t\n', 'json-syntax'],
    ['JSON that stops in the middle', VALID.slice(0, VALID.length / 2), 'json-syntax'],
    ['10 000 levels of lists', '['.repeat(10_000), 'too-much'],
    ['10 000 levels of objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000), 'too-much'],
    ['a duplicate key', VALID.replace('"type": "message"', '"type": "message", "type": "message"'), 'duplicate-key'],
    ['plain text', 'Dear colleague', 'json-syntax'],
    ['a list', '[]', 'not-fhir'],
    ['null', 'null', 'not-fhir'],
    ['an object that is no resource', '{"name": "itk3"}', 'not-fhir'],
    ['XML that stops in the middle', '<Patient xmlns="http://hl7.org/fhir"><active', 'xml-syntax'],
    ['XML with a DOCTYPE', '<!DOCTYPE a><Patient xmlns="http://hl7.org/fhir"/>', 'xml-syntax'],
    ['10 000 levels of elements', '<Patient xmlns="http://hl7.org/fhir">' + '<a>'.repeat(10_000), 'too-much'],
    [
      'another order of elements',
      `<Patient xmlns="http://hl7.org/fhir"><gender value="male"/><active value="true"/></Patient>`,
      'xml-order',
    ],
  ];
  for (const [name, content, rule] of READABLE) {
    it(`finds fault with ${name}, and exits 1`, async () => {
      folder.file('broken.json', content);
      const { code, entries, stderr } = await json('broken.json');
      assert.equal(stderr, '');
      assert.equal(code, 1);
      assert.equal(entries[0]!.findings[0]?.rule, rule);
      const text = await validate('broken.json');
      assert.equal(text.code, 1);
      assert.match(text.stdout, new RegExp(`^broken\\.json:\\d+:\\d+ {2}error {2}.*\\(${rule}\\)$`, 'm'));
    });
  }

  const UNREADABLE: [name: string, content: Uint8Array, says: RegExp][] = [
    ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]), /not text.*NUL/],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), /UTF-16.*save it as UTF-8/],
    ['UTF-16, the other way round', Buffer.from('\ufeff{}', 'utf16le').swap16(), /UTF-16.*save it as UTF-8/],
    ['Latin-1', Buffer.from('{"family": "Müller"}', 'latin1'), /not UTF-8/],
    ['50 MB', Buffer.alloc(50_000_000, ' '), /larger than 32 MiB/],
    ['one byte over the limit', Buffer.alloc(LARGEST_INPUT + 1, ' '), /larger than 32 MiB/],
    ['XML in UTF-16 without its mark', Buffer.from('<?xml version="1.0"?>', 'utf16le'), /UTF-16.*save it as UTF-8/],
    [
      'XML in Latin-1 that says so',
      Buffer.from(`<?xml version="1.0" encoding='ISO-8859-1'?><Patient>M\u00fcller</Patient>`, 'latin1'),
      /is written in ISO-8859-1, as it says, .* save it as UTF-8, with encoding="UTF-8"\.$/m,
    ],
    [
      'XML that says UTF-8 and is not',
      Buffer.from('<?xml version="1.0" encoding="UTF-8"?><Patient>M\u00fcller</Patient>', 'latin1'),
      /is not UTF-8 text/,
    ],
  ];
  for (const [name, content, says] of UNREADABLE) {
    it(`cannot read ${name}: one sentence, exit 2, and an entry in JSON`, async () => {
      folder.file('unreadable.json', content);
      const { code, entries, stderr } = await json('unreadable.json');
      assert.equal(code, 2);
      assert.equal(sentences(stderr).length, 1);
      assert.match(stderr, says);
      const [finding, ...more] = entries[0]!.findings;
      assert.deepEqual(more, []);
      const { message, ...place } = finding!;
      assert.match(message, says);
      assert.deepEqual(place, {
        rule: 'unreadable',
        severity: 'error',
        pointer: '',
        path: '',
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 1,
        source: null,
      });
    });
  }

  it('reads what is exactly as large as the limit', async () => {
    const [before, after] = ['{"resourceType": "Patient", "implicitRules": "', '"}'];
    folder.file('largest.json', before + 'x'.repeat(LARGEST_INPUT - before.length - after.length) + after);
    assert.equal((await validate('largest.json')).code, 0);
  });

  it('tells a missing file and a path through a file apart', async () => {
    folder.file('file.json', VALID);
    const { code, stderr, entries } = await json('missing.json', path.join('file.json', 'inside.json'), 'a\0b');
    assert.equal(code, 2);
    const said = sentences(stderr);
    assert.equal(said.length, 3);
    assert.match(said[0]!, /missing\.json does not exist/);
    assert.match(said[1]!, /is a file, not a folder/);
    assert.match(said[2]!, /NUL/);
    assert.equal(entries.length, 3);
  });

  it('judges the other files all the same, in their order, and exits with the worst code', async () => {
    folder.file('valid.json', VALID);
    folder.file('wrong.json', WRONG);
    const { code, entries, found, stdout } = await json('missing.json', 'wrong.json', 'valid.json');
    assert.equal(code, 2);
    assert.deepEqual(
      entries.map(({ file }, i) => [file, found[i]!.length]),
      [
        ['missing.json', 1],
        ['wrong.json', 1],
        ['valid.json', 0],
      ],
    );
    assert.equal(stdout, `${JSON.stringify(entries, null, 2)}\n`);
    assert.equal((await validate('valid.json', 'wrong.json')).code, 1);
  });

  it('reads standard input, in whatever pieces it comes', async () => {
    const bytes = Buffer.from(WRONG.replace('Synthetic', 'Synthétic'));
    const pieces = [bytes.subarray(0, 1001), bytes.subarray(1001)];
    const { code, stdout } = await itk3(['validate', '-'], { stdin: input(...pieces) });
    assert.equal(code, 1);
    assert.match(stdout, /^<stdin>:\d+:\d+ {2}error/);
  });

  it('takes a file whose name starts with a hyphen after --', async () => {
    folder.file('-odd.json', VALID);
    assert.equal((await validate('--', '-odd.json')).code, 0);
  });

  const MISUSE: [argv: string[], says: RegExp][] = [
    [[], /needs a file/],
    [['--formt', 'json', 'a.json'], /--formt: did you mean --format\?/],
    [['-x', 'a.json'], /no option -x/],
    [['--format'], /--format needs a value/],
    [['--format', '--help=1'], /--format needs a value/],
    [['--format', 'jsn', 'a.json'], /"jsn": did you mean json\?/],
    [['--format', 'toString', 'a.json'], /knows text, json/],
  ];
  for (const [argv, says] of MISUSE) {
    it(`says in a sentence what is wrong with "validate ${argv.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await validate(...argv);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.equal(sentences(stderr).length, 1);
      assert.match(stderr, says);
    });
  }
});

describe('itk3 validate --profiles', () => {
  const folder = temporaryFolder();
  const url = 'https://profiles.example/StructureDefinition/Our-Patient';
  const profile = (property: string): string =>
    JSON.stringify({
      resourceType: 'StructureDefinition',
      url,
      name: 'Our-Patient',
      kind: 'resource',
      type: 'Patient',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
      derivation: 'constraint',
      differential: { element: [{ id: `Patient.${property}`, path: `Patient.${property}`, min: 1 }] },
    });
  const validate = async (...argv: string[]) => {
    folder.file('patient.json', JSON.stringify({ resourceType: 'Patient', meta: { profile: [url] } }));
    const ran = await itk3(['validate', '--format', 'json', ...argv, 'patient.json'], { cwd: folder.path });
    const [{ findings }] = JSON.parse(ran.stdout) as [Entry];
    return { ...ran, findings };
  };

  it('judges by profiles of your own, the last of two the winner', async () => {
    folder.file('a.json', profile('gender'));
    folder.file('b.json', profile('birthDate'));
    assert.deepEqual(
      (await validate()).findings.map(({ rule }) => rule),
      ['unknown-profile'],
    );
    const { code, stderr, findings } = await validate('--profiles', 'a.json', '--profiles', 'b.json');
    assert.deepEqual([code, stderr], [1, '']);
    assert.deepEqual(
      findings.map(({ rule, message, source }) => [rule, message.split(' ')[0], source?.url]),
      [['required', 'birthDate', url]],
    );
  });

  it('names a package that cannot be read, uses the rest, and exits 2', async () => {
    folder.file('a.json', profile('gender'));
    const { code, stderr, findings } = await validate('--profiles=missing', '--profiles=a.json');
    assert.equal(code, 2);
    assert.deepEqual(sentences(stderr), ['itk3: missing does not exist: check the path of this package of profiles.']);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['required'],
    );
  });

  it('needs a path', async () => {
    const { code, stderr } = await itk3(['validate', '--profiles'], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(stderr, /--profiles needs a value/);
  });
});

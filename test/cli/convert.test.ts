// itk3 convert, from arguments to files.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { input, itk3, sentences, temporaryFolder, VALID } from './terminal';

const PATIENT = '{"resourceType": "Patient", "active": true, "birthDate": "1956-02-29"}';
const XML = `<?xml version="1.0" encoding="UTF-8"?>
<Patient xmlns="http://hl7.org/fhir">
  <active value="true"/>
  <birthDate value="1956-02-29"/>
</Patient>
`;
const JSON_TEXT = `{
  "resourceType": "Patient",
  "active": true,
  "birthDate": "1956-02-29"
}
`;

describe('itk3 convert', () => {
  const folder = temporaryFolder();
  const convert = (...argv: string[]) => itk3(['convert', ...argv], { cwd: folder.path });
  const read = (name: string) => fs.readFileSync(path.join(folder.path, name), 'utf8');
  const names = () => fs.readdirSync(folder.path).sort();

  it('prints one file in the other form, either way', async () => {
    folder.file('a.json', PATIENT);
    folder.file('b.xml', XML);
    assert.deepEqual(await convert('--to', 'xml', 'a.json'), { code: 0, stdout: XML, stderr: '' });
    assert.deepEqual(await convert('--to', 'json', 'b.xml'), { code: 0, stdout: JSON_TEXT, stderr: '' });
    assert.deepEqual(names(), ['a.json', 'b.xml']);
  });

  it('reads standard input, and --out keeps what it would print', async () => {
    const ran = await itk3(['convert', '--to', 'xml', '-', '--out', 'c.xml'], {
      cwd: folder.path,
      stdin: input(PATIENT),
    });
    assert.deepEqual(ran, { code: 0, stdout: 'c.xml\n', stderr: '' });
    assert.equal(read('c.xml'), XML);
    assert.deepEqual(await itk3(['convert', '--to', 'json', '-'], { stdin: input(XML) }), {
      code: 0,
      stdout: JSON_TEXT,
      stderr: '',
    });
  });

  it('loses nothing of a message on the way there and back', async () => {
    const there = await itk3(['convert', '--to', 'xml', '-'], { stdin: input(VALID) });
    assert.deepEqual([there.code, there.stderr], [0, '']);
    const back = await itk3(['convert', '--to', 'json', '-'], { stdin: input(there.stdout) });
    assert.deepEqual([back.code, back.stderr], [0, '']);
    assert.deepEqual(JSON.parse(back.stdout), JSON.parse(VALID));
    const judged = await itk3(['validate', '-'], { stdin: input(there.stdout) });
    assert.equal(judged.code, 0, judged.stdout);
  });

  it('lays out anew what is of the form already', async () => {
    folder.file('a.xml', XML.replaceAll(/\n */g, ''));
    folder.file('a.json', PATIENT);
    assert.equal((await convert('--to', 'xml', 'a.xml')).stdout, XML);
    assert.equal((await convert('--to', 'json', 'a.json')).stdout, JSON_TEXT);
    assert.deepEqual(await convert('--to', 'xml', '--write', '--force', 'a.xml'), {
      code: 0,
      stdout: 'a.xml\n',
      stderr: '',
    });
    assert.equal(read('a.xml'), XML);
    assert.deepEqual(await convert('--to', 'xml', '--write', 'a.xml'), { code: 0, stdout: '', stderr: '' });
  });

  it('writes many beside themselves, exceptions and all, and prints their names', async () => {
    folder.file('a.json', PATIENT);
    folder.file('a.json.itk3', '{"exceptions": []}');
    folder.file('b.JSON', PATIENT);
    folder.file('c', PATIENT);
    const { code, stdout, stderr } = await convert('--to', 'xml', 'a.json', 'a.json.itk3', 'b.JSON', 'c');
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'a.xml\nb.xml\nc.xml\n', stderr: '' });
    for (const name of ['a.xml', 'b.xml', 'c.xml']) assert.equal(read(name), XML);
    assert.equal(read('a.xml.itk3'), '{"exceptions": []}');
    assert.deepEqual(names(), ['a.json', 'a.json.itk3', 'a.xml', 'a.xml.itk3', 'b.JSON', 'b.xml', 'c', 'c.xml']);
  });

  it('writes over nothing without --force, and is content with what is the same', async () => {
    folder.file('a.json', PATIENT);
    folder.file('a.xml', 'mine');
    folder.file('b.json', PATIENT);
    folder.file('b.xml', XML);
    const refused = await convert('--to', 'xml', 'a.json', 'b.json');
    assert.deepEqual([refused.code, refused.stdout], [2, '']);
    assert.deepEqual(sentences(refused.stderr), ['itk3: a.xml is there already: --force writes over it.']);
    assert.equal(read('a.xml'), 'mine');
    const forced = await convert('--to', 'xml', '--force', 'a.json', 'b.json');
    assert.deepEqual(forced, { code: 0, stdout: 'a.xml\n', stderr: '' });
    assert.equal(read('a.xml'), XML);
  });

  it('does not write a message whose exceptions would write over others', async () => {
    folder.file('a.json', PATIENT);
    folder.file('a.json.itk3', '{"exceptions": []}');
    folder.file('a.xml.itk3', '{"exceptions": [1]}');
    const { code, stderr } = await convert('--to', 'xml', '--write', 'a.json');
    assert.equal(code, 2);
    assert.deepEqual(sentences(stderr), ['itk3: a.xml.itk3 is there already: --force writes over it.']);
    assert.deepEqual(names(), ['a.json', 'a.json.itk3', 'a.xml.itk3']);
  });

  it('writes no two files to one name', async () => {
    folder.file('a.json', PATIENT);
    folder.file('a', PATIENT);
    const { code, stdout, stderr } = await convert('--to', 'xml', '--force', 'a.json', 'a');
    assert.deepEqual([code, stdout], [2, 'a.xml\n']);
    assert.equal(sentences(stderr).length, 1);
    assert.match(stderr, /a\.xml is what two of these files would become/);
  });

  it('writes through a link, and as closed to others as the file that it copies', async function () {
    if (process.platform === 'win32') this.skip();
    folder.file('a.json', PATIENT);
    fs.chmodSync(path.join(folder.path, 'a.json'), 0o600);
    await convert('--to', 'xml', '--write', 'a.json');
    assert.equal(fs.statSync(path.join(folder.path, 'a.xml')).mode & 0o777, 0o600);
    folder.file('far.xml', 'old');
    fs.rmSync(path.join(folder.path, 'a.xml'));
    fs.symlinkSync('far.xml', path.join(folder.path, 'a.xml'));
    await convert('--to', 'xml', '--write', '--force', 'a.json');
    assert.ok(fs.lstatSync(path.join(folder.path, 'a.xml')).isSymbolicLink());
    assert.equal(read('far.xml'), XML);
  });

  it('--check names what is not as it would be written, and writes nothing', async () => {
    folder.file('a.json', PATIENT);
    folder.file('b.json', PATIENT);
    folder.file('b.xml', XML);
    folder.file('c.xml', XML.replace('\n', ''));
    const before = names();
    assert.deepEqual(await convert('--to', 'xml', '--check', 'a.json', 'b.json', 'c.xml'), {
      code: 1,
      stdout: 'a.xml\nc.xml\n',
      stderr: '',
    });
    assert.deepEqual(names(), before);
    assert.deepEqual(await convert('--to', 'xml', '--check', 'b.json'), { code: 0, stdout: '', stderr: '' });
  });

  it('says what XML cannot say, with its place, and exits 1', async () => {
    folder.file('a.json', PATIENT.replace('true', 'null'));
    const { code, stdout, stderr } = await convert('--to', 'xml', 'a.json');
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /active/);
    assert.equal(sentences(stderr).length, 1);
    assert.match(stderr, /^itk3: a\.json, Patient\.active: /);
  });

  it('says that JSON has no comments, which is no error', async () => {
    folder.file('a.xml', XML.replace('<active', '<!-- one --><!-- two --><active'));
    folder.file('b.xml', XML.replace('<active', '<!-- one --><active'));
    const { code, stderr } = await convert('--to', 'json', 'a.xml', 'b.xml');
    assert.equal(code, 0);
    assert.deepEqual(sentences(stderr), [
      'itk3: a.xml: 2 comments are left out, for JSON has none.',
      'itk3: b.xml: A comment is left out, for JSON has none.',
    ]);
    assert.equal(read('a.json'), JSON_TEXT);
  });

  it('converts nothing that is broken, says where, and goes on with the others', async () => {
    folder.file('a.json', PATIENT.replace('"active"', '\n"active'));
    folder.file('b.xml', XML.replace('</Patient>', ''));
    folder.file('c.json', PATIENT);
    const { code, stdout, stderr } = await convert('--to', 'xml', 'a.json', 'b.xml', 'missing.json', 'c.json');
    assert.deepEqual([code, stdout], [2, 'c.xml\n']);
    const [first, second, third, ...more] = sentences(stderr);
    assert.match(first!, /^itk3: a\.json cannot be converted: line 2 must be mended/);
    assert.match(second!, /^itk3: b\.xml cannot be laid out: line \d+ must be mended before that\. \S/);
    assert.match(third!, /missing\.json does not exist/);
    assert.deepEqual(more, []);
    assert.deepEqual(names(), ['a.json', 'b.xml', 'c.json', 'c.xml']);
  });

  it('leaves alone what is no FHIR, in either form', async () => {
    folder.file('pom.xml', '<project><a/></project>');
    folder.file('page.xml', '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>');
    folder.file('list.json', '[{"resourceType": "Patient"}]');
    folder.file('settings.json', '{"a": 1}');
    folder.file('empty.xml', '\n');
    folder.file('slip.xml', XML.replaceAll('Patient', 'Pateint'));
    for (const form of ['xml', 'json']) {
      const given = ['pom.xml', 'page.xml', 'list.json', 'settings.json'];
      const before = given.map(read);
      const { code, stdout, stderr } = await convert('--to', form, '--force', ...given);
      assert.deepEqual([code, stdout], [2, '']);
      assert.deepEqual(
        sentences(stderr),
        given.map(
          (name) => `itk3: ${name} is left alone, for it holds no FHIR resource: check that it is the right file.`,
        ),
      );
      assert.deepEqual(given.map(read), before);
      const empty = await convert('--to', form, 'empty.xml');
      assert.deepEqual(empty, {
        code: 2,
        stdout: '',
        stderr: 'itk3: empty.xml is empty: there is nothing to be written.\n',
      });
    }
    const { code, stdout, stderr } = await convert('--to', 'json', 'slip.xml');
    const asText = JSON_TEXT.replace('Patient', 'Pateint').replace('true', '"true"');
    assert.deepEqual([code, stdout], [1, asText]);
    assert.match(stderr, /^itk3: slip\.xml: STU3 has no resource type "Pateint", so .* is written as text\.\n$/);
  });

  it('says why a file cannot be written', async () => {
    folder.file('a.json', PATIENT);
    fs.mkdirSync(path.join(folder.path, 'd.xml'));
    for (const [out, says] of [
      ['nowhere/a.xml', /its folder does not exist/],
      ['d.xml', /is a folder/],
      ['a.json/a.xml', /is a file, not a folder/],
    ] as const) {
      for (const force of [['--force'], []]) {
        const { code, stdout, stderr } = await convert('--to', 'xml', '--out', out, ...force, 'a.json');
        assert.deepEqual([code, stdout], [2, '']);
        assert.equal(sentences(stderr).length, 1);
        assert.match(stderr, says);
      }
    }
    assert.deepEqual(names(), ['a.json', 'd.xml']);
  });

  const MISUSE: [argv: string[], says: RegExp][] = [
    [[], /--to xml or --to json/],
    [['--to', 'xml'], /needs a file/],
    [['--to', 'jsn', 'a.json'], /no form "jsn": did you mean json\?/],
    [['--to', 'yaml', 'a.json'], /it knows xml, json/],
    [['--to', 'xml', '--out', 'b.xml', 'a.json', 'c.json'], /--out names the file for one message/],
    [['--to', 'xml', '--out', 'b.xml', '--write', 'a.json'], /--out names the file for one message/],
    [['--to', 'xml', '--write', '-'], /Standard input has no file beside/],
    [['--to', 'xml', 'a.json', '-'], /Standard input has no file beside/],
    [['--too', 'xml', 'a.json'], /did you mean --to\?/],
  ];
  for (const [argv, says] of MISUSE)
    it(`says in a sentence what is wrong with "convert ${argv.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await convert(...argv);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.equal(sentences(stderr).length, 1);
      assert.match(stderr, says);
    });
});

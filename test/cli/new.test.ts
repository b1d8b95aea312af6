// What itk3 new may be asked for.
import assert from 'node:assert/strict';
import { input, itk3, sentences, temporaryFolder } from './terminal';

const made = async (...options: string[]): Promise<string> => {
  const { code, stdout, stderr } = await itk3(['new', 'emergency-supply', ...options]);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  return stdout;
};

describe('itk3 new, by wish', () => {
  const WISHES: [options: string[], holds: RegExp[]][] = [
    [
      ['--patient', 'zoe'],
      [/"family": "O'Testerly"/, /"birthDate": "1989-04-17"/, /"value": "9999064310"/],
    ],
    [['--patient', '999 906 4310'], [/"family": "O'Testerly"/]],
    [['--patient', '11 months'], [/"family": "Testlet"/]],
    [
      ['--pharmacy', 'late-night'],
      [/"value": "FZZ97"/, /"name": "The Fictitious Late-Night Pharmacy"/],
    ],
    [
      ['--practice', 'zzz96'],
      [/"value": "ZZZ96"/, /"name": "Nonesuch Test Group Practice"/],
    ],
    [
      ['--medicine', 'fluclox'],
      [/"code": "289411000001107"/, /One capsule four times a day/],
    ],
    [
      ['--medicine', 'paracetamol', '--medicine', 'needles'],
      [/"code": "382911000001102"/, /"code": "31771611000001107"/],
    ],
    [['--sender', 'x26'], [/"value": "X26"/]],
    [['--mailbox', 'x26ot001'], [/"endpoint": "X26OT001"/]],
    [['--at', '2026-11-20T09:30:00Z'], [/"timestamp": "2026-11-20T09:30:00\+00:00"/]],
    [['--format', 'XML'], [/^<\?xml .*\?>\n<Bundle xmlns="http:\/\/hl7.org\/fhir">\n/]],
    [['--version', '1.1.3'], [/"code": "820261000000101"/]],
  ];
  for (const [options, holds] of WISHES)
    it(`${options.join(' ')} is granted, and the message is valid`, async () => {
      const message = await made(...options);
      for (const one of holds) assert.ok(one.test(message), String(one));
      const { code, stdout } = await itk3(['validate', '-'], { stdin: input(message) });
      assert.equal(code, 0, stdout);
    });

  it('--seed gives the same each time, to the letter, and another seed another', async () => {
    const options = ['--at', '2026-11-20T09:30:00Z', '--seed'];
    assert.ok((await made(...options, '7')) === (await made(...options, '7')));
    assert.ok((await made(...options, '7')) !== (await made(...options, '8')));
  });

  it('--format xml is the same message in the other form', async () => {
    const options = ['--at', '2026-11-20T09:30:00Z', '--seed', '7'];
    const { code, stdout, stderr } = await itk3(['convert', '--to', 'json', '-'], {
      stdin: input(await made(...options, '--format', 'xml')),
    });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.deepEqual(JSON.parse(stdout), JSON.parse(await made(...options)));
  });

  it('--seed draws the rest as before when something is wished for', async () => {
    const ids = (text: string): string[] => text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
    const options = ['--seed', 'fixture'];
    assert.deepEqual(ids(await made(...options)), ids(await made(...options, '--patient', 'zoe')));
  });

  const MISUSE: [options: string[], says: RegExp][] = [
    [['--patient', 'smith'], /--patient: nothing in the synthetic set fits "smith"/],
    [['--patient', 'testwell'], /"testwell" fits 2 of the synthetic set, TESTWELL, Marmaduke .* say more/],
    [['--pharmacy', 'boots'], /--pharmacy: nothing/],
    [['--practice', ''], /--practice needs a value/],
    [['--medicine', 'aspirin'], /--medicine: nothing/],
    [['--sender', 'F!'], /--sender: "F!" is no ODS code, which has three to nine letters and digits/],
    [['--mailbox', 'no mailbox'], /--mailbox: "no mailbox" is no mailbox id/],
    [['--version', '1.0'], /"1\.0" is no version of the guide, which go from 1\.1\.3 to 1\.3\.0/],
    [['--version', 'newest'], /"newest" is no version/],
    [['--at', 'noon'], /--at: "noon" is no time: write it as/],
    [['--at', '2026-11-20'], /is no time/],
    [['--format', 'yaml'], /no form "yaml": it knows xml, json/],
    [['--pateint', 'zoe'], /did you mean --patient\?/],
    [['--patient'], /--patient needs a value/],
  ];
  for (const [options, says] of MISUSE)
    it(`says in a sentence what is wrong with "${options.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await itk3(['new', 'emergency-supply', ...options]);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.equal(sentences(stderr).length, 1);
      assert.match(stderr, says);
    });
});

describe('itk3 new --profiles', () => {
  const folder = temporaryFolder();
  const greeting = {
    resourceType: 'MessageDefinition',
    url: 'https://example.org/MessageDefinition/Greeting',
    title: 'A greeting',
    status: 'active',
    date: '2026-01-01',
    event: { system: 'https://example.org/events', code: 'GREETING' },
    focus: [{ code: 'Bundle' }],
  };

  it('makes messages of kinds that only their MessageDefinition tells of', async () => {
    folder.file('greeting.json', JSON.stringify(greeting));
    const cwd = { cwd: folder.path };
    const made = await itk3(['new', 'Greeting', '--profiles', '.', '--sender', 'x26'], cwd);
    assert.deepEqual({ code: made.code, stderr: made.stderr }, { code: 0, stderr: '' });
    assert.match(made.stdout, /"code": "GREETING"/);
    assert.match(made.stdout, /"value": "X26"/);
    assert.match((await itk3(['new', '--list', '--profiles', '.'], cwd)).stdout, /Greeting +A greeting/);
  });

  it('says that there is no such package, and makes the message all the same', async () => {
    const { code, stdout, stderr } = await itk3(['new', 'emergency-supply', '--profiles', 'nowhere'], {
      cwd: folder.path,
    });
    assert.equal(code, 2);
    assert.equal(sentences(stderr).length, 1);
    assert.match(stdout, /^\{\n {2}"resourceType": "Bundle"/);
  });
});

describe('itk3 new --list', () => {
  it('shows whom and what there is to choose from, and each can be chosen by its words', async () => {
    const { code, stdout, stderr } = await itk3(['new', '--list']);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    for (const shown of ['emergency-supply', '1.1.3', "O'TESTERLY, Zoë (Ms)", 'FZZ98', 'ZZZ94', 'Paracetamol 500mg'])
      assert.ok(stdout.includes(shown), shown);
    for (const line of stdout.split('\n')) assert.ok(line.length < 130, line);
    const names = [...stdout.matchAll(/^ {2}(\S.*, .* \(\S+\))(?: {2}.*)?$/gm)].map(([, name]) => name!);
    assert.ok(names.length >= 24);
    for (const name of names) await made('--patient', name);
  });
});

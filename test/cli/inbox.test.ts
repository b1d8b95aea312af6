import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bench, clientOf, person, UNANSWERED } from './mailbox';
import { sentences, VALID } from './terminal';

const SECRETS = { ITK3_MESH_PASSWORD: 'password', ITK3_MESH_SHARED_KEY: 'TestKey' };

describe('itk3 inbox', function () {
  this.timeout(20_000);
  const at = bench();
  const sent = async (): Promise<void> => {
    assert.equal((await at.run(['send', 'message.json', '--sandbox', at.port])).code, 0);
    await at.sandbox.settled();
  };

  it('lists what lies there, what it answers, and nothing of the patient', async () => {
    await sent();
    const { code, stdout, stderr } = await at.run(['inbox', '--sandbox', at.port]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(stdout, /^2 messages in Sandbox pharmacy, X26PHARMACY/);
    assert.match(stdout, /30001 Patient known here · business · accepted · answers message\.json/);
    const practice = await at.run(['inbox', '--sandbox', at.port, '--mailbox', 'X26SURGERY']);
    assert.match(practice.stdout, /^Nothing lies in/);
  });

  it('lists a message of its own without its subject and its patient', async () => {
    await at.start(UNANSWERED);
    await sent();
    for (const more of [[], ['--format', 'json']]) {
      const { stdout } = await at.run(['inbox', '--sandbox', at.port, '--mailbox', 'X26SURGERY', ...more]);
      assert.match(stdout, /Emergency Supply/);
      assert.doesNotMatch(stdout, /999\d{7}|Subject/i);
      for (const [, family = ''] of VALID.matchAll(/"family": "([^"]+)"/g)) assert.ok(!stdout.includes(family), family);
    }
  });

  it('gives scripts an array, and says how many are not in it', async () => {
    await sent();
    const { stdout, stderr } = await at.run([
      'inbox',
      'list',
      '--limit',
      '1',
      '--format',
      'json',
      '--sandbox',
      at.port,
    ]);
    const [one, ...more] = JSON.parse(stdout);
    assert.deepEqual([one.acknowledgement.layer, one.acknowledgement.accepted, more.length], ['business', true, 0]);
    assert.equal(one.sent.file, 'message.json');
    assert.match(sentences(stderr).join(), /1 older are not listed/);
  });

  it('prints a message as it came, says in a sentence what it is, and leaves it there', async () => {
    await sent();
    const [id = ''] = await at.lies('X26PHARMACY');
    const { code, stdout, stderr } = await at.run(['inbox', 'read', id.slice(-6), '--sandbox', at.port]);
    assert.equal(code, 0);
    const { body } = await clientOf(at.sandbox, 'X26PHARMACY').download(id);
    assert.equal(stdout.trimEnd(), body.toString('utf8').trimEnd());
    assert.match(sentences(stderr).join(), /The organisation X26 has received message\.json: 20013 Success/);
    assert.equal((await at.lies('X26PHARMACY')).length, 2);
  });

  it('keeps a message, and takes it out only where that is wanted', async () => {
    await sent();
    const [id = ''] = await at.lies('X26PHARMACY');
    const argv = ['inbox', 'read', id, '--out', 'in', '--sandbox', at.port];
    const kept = await at.run(argv);
    assert.equal(kept.code, 0);
    const file = path.join(at.folder, kept.stdout.trim());
    assert.match(readFileSync(file, 'utf8'), /20013/);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal((await at.lies('X26PHARMACY')).length, 2);
    const out = await at.run([...argv, '--take-out']);
    assert.match(out.stderr, /It is stored, and taken out of X26PHARMACY/);
    assert.equal((await at.lies('X26PHARMACY')).includes(id), false);
  });

  it('collects everything: stored, then taken out; track knows the answers', async () => {
    await sent();
    const { code, stdout, stderr } = await at.run(['inbox', 'collect', '--out', 'in', '--sandbox', at.port]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(stdout, /\n2 messages stored and taken out\.\n$/);
    assert.equal(readdirSync(path.join(at.folder, 'in')).length, 4);
    assert.deepEqual(await at.lies('X26PHARMACY'), []);
    assert.match((await at.run(['track'])).stdout, /Accepted: 30001/);
  });

  it('writes over nothing: what cannot be stored stays in the mailbox', async () => {
    await sent();
    const [id = ''] = await at.lies('X26PHARMACY');
    await at.run(['inbox', 'read', id, '--out', 'in', '--sandbox', at.port]);
    const mine = path.join(at.folder, 'in', `${id}-answer-20013.xml`);
    writeFileSync(mine, 'mine');
    const { code, stdout, stderr } = await at.run(['inbox', 'collect', '--out', 'in', '--sandbox', at.port]);
    assert.equal(code, 1);
    assert.match(stdout, /1 message stored and taken out, 1 stays in the mailbox/);
    assert.match(sentences(stderr).join(), /could not be stored \(EEXIST\)/);
    assert.equal(readFileSync(mine, 'utf8'), 'mine');
    assert.deepEqual(await at.lies('X26PHARMACY'), [id]);
    const read = await at.run(['inbox', 'read', id, '--out', 'in', '--take-out', '--sandbox', at.port]);
    assert.equal(read.code, 2);
    assert.match(read.stderr, /another file of that name is there/);
    assert.deepEqual(await at.lies('X26PHARMACY'), [id]);
  });

  it('takes nothing out of a real mailbox without a yes', async () => {
    await sent();
    const real = ['--endpoint', at.sandbox.url, '--mailbox', 'X26PHARMACY'];
    const argv = ['inbox', 'collect', '--out', 'in', ...real];
    const piped = await at.run(argv, { env: SECRETS });
    assert.equal(piped.code, 2);
    assert.match(piped.stderr, /Nothing was taken out: nobody is there to be asked/);
    const { ask, asked } = person('no');
    assert.equal((await at.run(argv, { env: SECRETS, ask })).code, 2);
    assert.match(asked[0]!.question, /Take all messages out of X26PHARMACY/);
    assert.equal((await at.lies('X26PHARMACY')).length, 2);
    assert.equal((await at.run([...argv, '--yes'], { env: SECRETS })).code, 0);
    assert.deepEqual(await at.lies('X26PHARMACY'), []);
  });

  it('keeps one message of a real mailbox, and leaves it there without a yes', async () => {
    await sent();
    const [id = ''] = await at.lies('X26PHARMACY');
    const real = ['--endpoint', at.sandbox.url, '--mailbox', 'X26PHARMACY'];
    const { ask, asked } = person('no');
    const { code, stdout, stderr } = await at.run(['inbox', 'read', id, '--out', 'in', '--take-out', ...real], {
      env: SECRETS,
      ask,
    });
    assert.equal(code, 0);
    assert.match(asked[0]!.question, /Take this message out of X26PHARMACY/);
    assert.match(readFileSync(path.join(at.folder, stdout.trim()), 'utf8'), /20013/);
    assert.match(stderr, /It is stored, and stays in X26PHARMACY/);
    assert.equal((await at.lies('X26PHARMACY')).includes(id), true);
  });

  it('says that a message is stored when MESH cannot be told to take it out', async () => {
    await sent();
    const [id = ''] = await at.lies('X26PHARMACY');
    const { ask } = person('yes');
    const real = ['--endpoint', at.sandbox.url, '--mailbox', 'X26PHARMACY'];
    const { code, stdout, stderr } = await at.run(['inbox', 'read', id, '--out', 'in', '--take-out', ...real], {
      env: SECRETS,
      ask: async (...question) => {
        await at.sandbox.close();
        return ask(...question);
      },
      wait: () => Promise.resolve(),
    });
    assert.equal(code, 2);
    assert.match(readFileSync(path.join(at.folder, stdout.trim()), 'utf8'), /20013/);
    assert.match(sentences(stderr).join(), /It is stored, but MESH could not be told: .*nothing listens/);
  });

  it('shows a message on a screen without what would steer it', async () => {
    await at.start(UNANSWERED);
    await sent();
    const practice = clientOf(at.sandbox, 'X26SURGERY');
    await practice.send({
      to: 'X26PHARMACY',
      workflowId: 'TEST',
      body: Buffer.from('{\r\n\t"a": "\u001b[2J\u202e"\r\n}\r\n'),
    });
    const [id = ''] = await at.lies('X26PHARMACY');
    let shown = '';
    const stdout = { isTTY: true, write: (text: string) => (shown += text) };
    await at.run(['inbox', 'read', id, '--sandbox', at.port], { stdout });
    assert.equal(shown, '{\n\t"a": "·[2J·"\n}\n');
    const piped = await at.run(['inbox', 'read', id, '--sandbox', at.port]);
    assert.equal(piped.stdout, '{\r\n\t"a": "\u001b[2J\u202e"\r\n}\r\n');
  });

  it('goes no further than the message it has begun when it is interrupted', async () => {
    await sent();
    const stop = new AbortController();
    const stdout = { write: () => stop.abort() };
    const argv = ['inbox', 'collect', '--out', 'in', '--sandbox', at.port];
    const { code, stderr } = await at.run(argv, { stdout, interrupted: () => stop.signal });
    assert.equal(code, 2);
    assert.match(sentences(stderr).join(), /cancelled/);
    assert.equal((await at.lies('X26PHARMACY')).length, 1);
    assert.equal(readdirSync(path.join(at.folder, 'in')).length, 2);
  });

  it('says in a sentence what is wrong with the command', async () => {
    const wrong: [string[], RegExp][] = [
      [['reed', 'x'], /inbox cannot "reed": did you mean itk3 inbox read\?/],
      [['read'], /needs the id of one message/],
      [['list', 'x'], /takes no id/],
      [['collect'], /--out FOLDER/],
      [['read', 'x', '--take-out'], /has to be stored first/],
      [['--limit', 'many'], /--limit takes a number/],
      [['--format', 'yaml'], /There is no format "yaml"/],
      [['read', 'nothing', '--sandbox', at.port], /There is no message nothing in X26PHARMACY/],
    ];
    for (const [argv, expected] of wrong) {
      const { code, stdout, stderr } = await at.run(['inbox', ...argv]);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(sentences(stderr).join(), expected);
    }
  });
});

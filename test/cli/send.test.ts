import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { once } from 'node:events';
import { bench, person, UNANSWERED } from './mailbox';
import { FINISHED, input, sentences, VALID } from './terminal';

const SECRETS = { ITK3_MESH_PASSWORD: 'password', ITK3_MESH_SHARED_KEY: 'TestKey' };
const WRONG = VALID.replace(FINISHED, '"status": "finishd"');
/** Of nobody: no number begins with 0. */
const REAL = VALID.replaceAll(/999\d{7}/g, '0000000000');

describe('itk3 send', function () {
  this.timeout(20_000);
  const at = bench();
  /** Without a team's file. */
  const toSurgery = (...more: string[]): string[] => {
    const place = ['--endpoint', at.sandbox.url, '--mailbox', 'X26PHARMACY', '--to', 'X26SURGERY'];
    return ['send', 'message.json', ...place, ...more];
  };

  it('sends to the sandbox and follows the message to its business acknowledgement', async () => {
    const { code, stdout, stderr } = await at.run(['send', 'message.json', '--sandbox', at.port, '--wait']);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(stdout, /^message\.json: sent to X26SURGERY\. MESH calls it \S+\.\n/);
    const steps = [...stdout.matchAll(/✓ (.*)/g)].map(([, says]) => says);
    assert.deepEqual(steps, [
      'Sent',
      'Accepted by MESH',
      'Collected by the recipient',
      'Infrastructure: 20013 Success',
      'Business: 30001 Patient known here',
    ]);
    assert.match(stdout, /\nAccepted: 30001 Patient known here\.\n$/);
  });

  it('says how to follow what it does not wait for, and that goes on', async () => {
    const { code, stdout } = await at.run(['send', 'message.json', '--sandbox', at.port]);
    assert.equal(code, 0);
    const command = /^ {2}itk3 (track .*--wait) {2}follows it$/m.exec(stdout)?.[1];
    assert.ok(command);
    const followed = await at.run(command.split(' '));
    assert.equal(followed.code, 0);
    assert.match(followed.stdout, /Accepted: 30001/);
  });

  it('takes standard input, and gives scripts an array', async () => {
    const argv = ['send', '-', '--sandbox', at.port, '--wait', '60', '--format', 'json'];
    const { code, stdout, stderr } = await at.run(argv, { stdin: input(VALID) });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const [one] = JSON.parse(stdout);
    assert.equal(one.file, '<stdin>');
    assert.equal(one.outcome, 'sent');
    assert.equal(one.exchange.state, 'accepted');
    assert.deepEqual(
      one.exchange.answers.map((answer: { code: string }) => answer.code),
      ['20013', '30001'],
    );
  });

  it('gives 1 when the practice refuses, and says what to do', async () => {
    await at.start({ scenario: '30003' });
    const { code, stdout } = await at.run(['send', 'message.json', '--sandbox', at.port, '--wait']);
    assert.equal(code, 1);
    assert.match(stdout, /✗ Business: 30003/);
    assert.match(stdout, /\nRejected: 30003 .*\n {2}\S/);
  });

  it('gives 2 when the time is over, and says how to go on', async () => {
    await at.start({ scenario: 'silence' });
    const { code, stderr } = await at.run(['send', 'message.json', '--sandbox', at.port, '--wait', '3']);
    assert.equal(code, 2);
    assert.match(sentences(stderr).join(), /Not everything has come.*"itk3 track [0-9a-f]{8} --sandbox \d+ --wait"/);
  });

  describe('does not send', () => {
    beforeEach(() => at.start(UNANSWERED));
    afterEach(async () => assert.deepEqual(await at.lies(), [], 'nothing has left'));

    it('what has errors, unless that is wanted', async () => {
      at.file('wrong.json', WRONG);
      const { code, stdout, stderr } = await at.run(['send', 'message.json', 'wrong.json', '--sandbox', at.port]);
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
      assert.match(stderr, /wrong\.json has 1 error, so it was not sent: line \d+ \(binding\)\./);
      assert.match(stderr, /None of the 2 messages was sent/);
      assert.doesNotMatch(stderr, /finishd/);
      sentences(stderr);
    });

    it('what is no message, or not there', async () => {
      at.file('other.json', '{}');
      for (const name of ['other.json', 'missing.json']) {
        const { code, stderr } = await at.run(['send', name, '--sandbox', at.port]);
        assert.equal(code, 2);
        assert.equal(sentences(stderr).length, 1);
      }
    });

    it('anything in a dry run, which shows no patient', async () => {
      const { code, stdout, stderr } = await at.run(['send', 'message.json', '--sandbox', at.port, '--dry-run']);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      assert.match(stdout, /^DRY RUN of message\.json: nothing was sent\./);
      assert.doesNotMatch(stdout, /999\d{7}/);
      const whole = await at.run([
        'send',
        'message.json',
        '--sandbox',
        at.port,
        '--to',
        'GPPROVIDER',
        '--dry-run',
        '--whole',
      ]);
      assert.match(whole.stdout, /GPPROVIDER_999\d{7}_/);
    });

    it('where nobody can be asked, without --yes', async () => {
      const argv = toSurgery();
      const { code, stderr } = await at.run(argv, { env: SECRETS });
      assert.equal(code, 2);
      assert.match(stderr, /nobody is there to be asked.*Give --yes/);
    });

    it('when the person says no', async () => {
      const argv = toSurgery();
      const { ask, asked } = person('no');
      const { code, stderr } = await at.run(argv, { env: SECRETS, ask });
      assert.equal(code, 2);
      assert.match(stderr, /From: X26PHARMACY\n/);
      assert.match(stderr, /Nothing was sent\.\n$/);
      assert.deepEqual(asked.length, 1);
    });

    it('what may be about a real patient, until the word is typed; --yes is not it', async () => {
      at.file('real.json', REAL);
      const argv = [
        'send',
        'real.json',
        '--with-errors',
        '--yes',
        '--endpoint',
        at.sandbox.url,
        '--mailbox',
        'X26PHARMACY',
        '--to',
        'X26SURGERY',
      ];
      const piped = await at.run(argv, { env: SECRETS });
      assert.equal(piped.code, 2);
      assert.match(piped.stderr, /may be about a real patient.*--yes does not stand for it/);
      const { ask, asked } = person('yes');
      const refused = await at.run(argv, { env: SECRETS, ask });
      assert.equal(refused.code, 2);
      assert.match(asked[0]!.question, /Type REAL/);
    });

    it('to live MESH without the name of the mailbox, in a pipe never, and never what has errors', async () => {
      at.file('team.json', team(at.sandbox.url, 'live'));
      at.file('wrong.json', WRONG);
      const argv = ['--team-file', 'team.json', '--mailbox', 'Ours', '--to', 'X26SURGERY', '--yes'];
      const piped = await at.run(['send', 'message.json', ...argv], { env: SECRETS });
      assert.equal(piped.code, 2);
      assert.match(piped.stderr, /goes to LIVE MESH: a person has to type/);
      const { ask, asked } = person('yes');
      const refused = await at.run(['send', 'message.json', ...argv], { env: SECRETS, ask });
      assert.equal(refused.code, 2);
      assert.match(asked[0]!.question, /Type Ours, the name of the mailbox/);
      const wrong = await at.run(['send', 'wrong.json', '--with-errors', ...argv], { env: SECRETS, ask });
      assert.equal(wrong.code, 1);
      assert.match(wrong.stderr, /Nothing that has errors is sent to LIVE MESH/);
    });

    it('what the team forbids', async () => {
      at.file('team.json', team(at.sandbox.url, undefined, { patients: 'forbid' }));
      at.file('real.json', REAL);
      const argv = ['send', 'real.json', '--with-errors', '--team-file', 'team.json', '--to', 'X26SURGERY'];
      const { ask, asked } = person('yes', 'REAL');
      const { code, stderr } = await at.run(argv, { env: SECRETS, ask });
      assert.equal(code, 1);
      assert.match(stderr, /forbidden by the team's file team\.json/);
      assert.deepEqual(asked, []);
    });

    it('when that cannot be written down first', async () => {
      at.file('blocked', '');
      const env = { ITK3_STATE: path.join(at.folder, 'blocked', 'state') };
      const { code, stderr } = await at.run(['send', 'message.json', '--sandbox', at.port], { env });
      assert.equal(code, 2);
      assert.match(stderr, /could not be written down first/);
    });

    it('a secret on the command line is refused, and not repeated', async () => {
      for (const option of ['--password=Falkenauge', '--shared-key', '--mesh-passphrase=Falkenauge', '-password']) {
        const argv = ['send', 'message.json', '--sandbox', at.port, option, 'Falkenauge'];
        const { code, stderr } = await at.run(argv);
        assert.equal(code, 2);
        assert.match(stderr, /A secret is no option.*ITK3_MESH_PASSWORD/);
        assert.doesNotMatch(stderr, /Falkenauge/);
      }
    });

    it('without the secrets of the mailbox, and says where they belong', async () => {
      const argv = [
        'send',
        'message.json',
        '--endpoint',
        at.sandbox.url,
        '--mailbox',
        'X26-A',
        '--to',
        'X26SURGERY',
        '-y',
      ];
      const { code, stderr } = await at.run(argv);
      assert.equal(code, 2);
      assert.match(stderr, /password of mailbox X26-A is not known.*ITK3_MESH_PASSWORD_X26_A/);
    });

    it('where the password is wrong, and says what was right', async () => {
      const argv = toSurgery('-y');
      const env = { ...SECRETS, ITK3_MESH_PASSWORD_X26PHARMACY: 'Falkenauge' };
      const { code, stderr } = await at.run(argv, { env });
      assert.equal(code, 2);
      assert.match(stderr, /Right so far: 127\.0\.0\.1:\d+ can be reached/);
      assert.doesNotMatch(stderr, /Falkenauge/);
    });

    it('where no sandbox runs', async () => {
      const { port } = at;
      await at.start(UNANSWERED);
      const { code, stderr } = await at.run(['send', 'message.json', '--sandbox', port]);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`Does it run\\? itk3 sandbox --port ${port} starts it\\.`));
    });
  });

  it('asks for the secrets at a terminal, unseen, and sends after a yes', async () => {
    await at.start(UNANSWERED);
    const argv = [
      'send',
      'message.json',
      '--endpoint',
      at.sandbox.url,
      '--mailbox',
      'x26pharmacy',
      '--to',
      'x26surgery',
    ];
    const { ask, asked } = person('password', 'TestKey', 'yes');
    const { code, stderr } = await at.run(argv, { ask });
    assert.equal(code, 0);
    assert.deepEqual(
      asked.map(({ secret }) => secret),
      [true, true, false],
    );
    assert.doesNotMatch(stderr, /999\d{7}/);
    assert.equal((await at.lies()).length, 1);
  });

  it('sends nothing twice: a message that was sent before needs --again, or --fresh', async () => {
    await at.start(UNANSWERED);
    const argv = ['send', 'message.json', '--sandbox', at.port];
    assert.equal((await at.run(argv)).code, 0);
    const second = await at.run(argv);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /was not sent\. A message with this identifier was sent.*--fresh.*--again/);
    assert.equal((await at.lies()).length, 1);
    assert.equal((await at.run([...argv, '--again'])).code, 0);
    assert.equal((await at.run([...argv, '--fresh'])).code, 0);
    assert.equal((await at.lies()).length, 3);
    const ids = at.journal().flatMap((entry) => (entry.what === 'departing' ? entry.attempt.messageId : []));
    assert.equal(new Set(ids).size, 2);
  });

  it('two of one identifier do not go together', async () => {
    await at.start(UNANSWERED);
    at.file('copy.json', VALID);
    const argv = ['send', 'message.json', 'copy.json', '--sandbox', at.port];
    const refused = await at.run(argv);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /copy\.json was not sent: an earlier one of these has the same identifier/);
    assert.deepEqual(await at.lies(), []);
    const { code, stdout } = await at.run([...argv, '--fresh']);
    assert.equal(code, 0);
    assert.match(stdout, /\n2 sent\.\n$/);
  });

  it('goes again to a sandbox that has been started anew and knows nothing of it', async () => {
    const { port } = at;
    assert.equal((await at.run(['send', 'message.json', '--sandbox', port])).code, 0);
    await at.start({ port: Number(port) });
    const { code, stderr } = await at.run(['send', 'message.json', '--sandbox', port, '--wait']);
    assert.equal(code, 0, stderr);
  });

  it('asks MESH when its answer is lost, and says that it has the message', async () => {
    await at.start({ scenario: 'lost-answer' });
    const { code, stdout } = await at.run(['send', 'message.json', '--sandbox', at.port, '--wait']);
    assert.match(stdout, /MESH’s answer was lost, but MESH has it as/);
    assert.match(stdout, /Accepted: 30001/);
    assert.equal(code, 0);
    const whats = at.journal().map(({ what }) => what);
    assert.deepEqual(whats.slice(0, 3), ['departing', 'lost', 'asked']);
  });

  it('says that it was not sent when MESH never had it, and stops before the next', async () => {
    await at.start({ ...UNANSWERED, scenario: 'reset-upload' });
    at.file('second.json', VALID.replaceAll(/fcbe8af3/g, 'fcbe8af4'));
    const { code, stdout, stderr } = await at.run(['send', 'message.json', 'second.json', '--sandbox', at.port]);
    assert.equal(code, 2);
    assert.match(stderr, /message\.json was not sent\. .*it does not have it, so it may be sent again/);
    assert.match(stdout, /1 not sent, 1 not tried\.\n$/);
    assert.deepEqual(await at.lies(), []);
  });

  it('writes down what is known when it is interrupted on the way, and says how to go on', async () => {
    const stop = new AbortController();
    const server = createServer((request, response) => {
      request.resume();
      if (request.url?.endsWith('/outbox')) stop.abort();
      else response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"mailbox_id":"X26PHARMACY"}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const argv = ['send', 'message.json', '--sandbox', String(port)];
      const { code, stdout, stderr } = await at.run(argv, { interrupted: () => stop.signal });
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(
        stderr,
        new RegExp(`message\\.json may have been sent\\. .*"itk3 track [0-9a-f]{8} --sandbox ${port}" asks MESH`),
      );
      assert.deepEqual(
        at.journal().map(({ what }) => what),
        ['departing', 'lost'],
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('stops waiting when it is interrupted: what was sent is sent', async () => {
    await at.start({ scenario: 'silence' });
    const stop = new AbortController();
    const wait = (): Promise<void> => {
      stop.abort();
      return Promise.resolve();
    };
    const argv = ['send', 'message.json', '--sandbox', at.port, '--wait'];
    const { code, stdout, stderr } = await at.run(argv, { interrupted: () => stop.signal, wait });
    assert.equal(code, 2);
    assert.match(stdout, /sent to X26SURGERY/);
    assert.match(stderr, /You stopped waiting\. What was sent is sent/);
  });
});

function team(endpoint: string, kind?: string, guards?: Record<string, string>): string {
  const environment = {
    name: 'Tunnel',
    ...(kind && { kind }),
    endpoint,
    mailboxes: [{ name: 'Ours', mailbox: 'X26PHARMACY' }],
  };
  return JSON.stringify({ environments: [environment], ...(guards && { guards }) });
}

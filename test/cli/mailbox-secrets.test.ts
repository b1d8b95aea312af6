// What a terminal prints and keeps while secrets and a patient pass through it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createDetector } from '../mesh/secrets/detector';
import { CREDENTIALS, PATIENT, SECRETS } from '../mesh/secrets/planted';
import { bench, person } from './mailbox';
import { type Ran, VALID } from './terminal';

interface Resource {
  resourceType: string;
  id?: string;
  identifier?: { system?: string; value?: string }[];
  name?: unknown;
  birthDate?: string;
}

/** The example about the planted patient. */
function planted(): string {
  const message = JSON.parse(VALID) as { entry: { resource: Resource }[] };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const resource = value as Resource;
    if (resource.resourceType === 'Patient') {
      for (const identifier of resource.identifier ?? [])
        if (/nhs-number/.test(identifier.system ?? '')) identifier.value = PATIENT.nhsNumber;
      resource.name = [{ use: 'official', family: PATIENT.surname, given: [PATIENT.givenName] }];
      resource.birthDate = '1961-08-29';
    }
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(message);
  return JSON.stringify(message, null, 2);
}

describe('no secret and no patient comes out of itk3 send, inbox and track', function () {
  this.timeout(30_000);
  const at = bench();
  const mailboxes = DEFAULT_MAILBOXES.map((one) => ({
    ...one,
    password: CREDENTIALS.password,
    sharedKey: CREDENTIALS.sharedKey,
  }));
  const env = { ITK3_MESH_PASSWORD: CREDENTIALS.password, ITK3_MESH_SHARED_KEY_X26PHARMACY: CREDENTIALS.sharedKey };

  it('whatever they print, ask and write down', async () => {
    const detector = createDetector(SECRETS);
    at.file('message.json', planted());
    const seen: Record<string, string> = {};
    const codes: number[] = [];
    const note = (what: string, { code, stdout, stderr }: Ran): void => {
      codes.push(code);
      seen[what] = `${stdout}\n${stderr}`;
    };
    for (const scenario of [undefined, 'lost-answer', 'not-delivered', '20009']) {
      await at.start({ mailboxes, scenario });
      const real = ['--endpoint', at.sandbox.url, '--mailbox', 'X26PHARMACY'];
      for (const to of scenario === undefined ? ['X26SURGERY', 'GPPROVIDER', 'X26NOBODY'] : ['X26SURGERY']) {
        const { ask, asked } = person(...Array<string>(9).fill('REAL'));
        const argv = ['message.json', '--with-errors', '--fresh', '--to', to, ...real];
        note(`dry ${to} ${scenario}`, await at.run(['send', '--dry-run', ...argv], { env }));
        note(`send ${to} ${scenario}`, await at.run(['send', '--yes', '--wait', '1', ...argv], { env, ask }));
        note(`json ${to} ${scenario}`, await at.run(['send', '-y', '--format', 'json', ...argv], { env, ask }));
        note(`asked ${to} ${scenario}`, await at.run(['send', ...argv], { env, ask: person('no').ask }));
        seen[`questions ${to} ${scenario}`] = JSON.stringify(asked);
      }
      for (const more of [[], ['--format', 'json']]) {
        note(`inbox ${more.join(' ')} ${scenario}`, await at.run(['inbox', ...real, ...more], { env }));
        note(`track ${more.join(' ')} ${scenario}`, await at.run(['track', ...real, ...more], { env }));
      }
      const collected = await at.run(['inbox', 'collect', '--out', 'in', '--yes', ...real], { env });
      note(`collect ${scenario}`, collected);
    }
    const wrong = { ITK3_MESH_PASSWORD: 'Wrong', ITK3_MESH_SHARED_KEY: CREDENTIALS.sharedKey };
    const other = [
      '--endpoint',
      at.sandbox.url,
      '--mailbox',
      'X26SURGERY',
      '--to',
      'X26PHARMACY',
      '-y',
      '--with-errors',
    ];
    note('wrong password', await at.run(['send', 'message.json', ...other], { env: wrong, ask: person('REAL').ask }));
    note('as an option', await at.run(['send', 'message.json', '--sandbox', `--password=${CREDENTIALS.password}`]));
    const state = path.join(at.folder, 'state');
    for (const name of readdirSync(state, { recursive: true, encoding: 'utf8' })) {
      seen[`name ${name}`] = name;
      if (/jsonl$/.test(name)) seen[name] = readFileSync(path.join(state, name), 'utf8');
    }
    assert.ok(codes.includes(0) && codes.includes(1) && codes.includes(2), 'all kinds of ends');
    assert.ok(Object.keys(seen).filter((name) => /jsonl$/.test(name)).length > 8, 'much was written down');
    for (const [what, text] of Object.entries(seen)) assert.deepEqual(detector.find(text), [], `${what}\n${text}`);
  });
});

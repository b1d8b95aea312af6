import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isLive } from '../../exchange/place';
import { type Check, joinedPolicy, readTeamFile, spanOfPlace } from '../../exchange/team-file';

const check = createRequire(path.resolve('dist/team-file.js'))('./team-file.js') as Check;
const FOLDER = path.resolve('/team/space');

const read = (value: unknown, folder: string | undefined = FOLDER) =>
  readTeamFile(typeof value === 'string' ? value : JSON.stringify(value), check, folder);
const told = (value: unknown): string[] => read(value).mistakes.map(({ sentence }) => sentence);

const mailbox = { name: 'Ours', mailbox: 'x26ot001' };
const integration = { name: 'Test', kind: 'integration', mailboxes: [mailbox] };
const gateway = { name: 'Gateway', endpoint: 'https://mesh.example', mailboxes: [mailbox] };

describe('.vscode/itk3.json', () => {
  it('has environments with mailboxes', () => {
    const file = read({ environments: [integration, { ...gateway, authorities: 'certs/ca.pem' }] });
    assert.deepEqual(file.mistakes, []);
    assert.deepEqual(file.places, [
      {
        name: 'Ours',
        endpoint: new URL('https://msg.intspineservices.nhs.uk/'),
        mailbox: 'X26OT001',
        environment: 'Test',
      },
      {
        name: 'Ours',
        endpoint: new URL('https://mesh.example/'),
        mailbox: 'X26OT001',
        environment: 'Gateway',
        certificates: { certificate: undefined, key: undefined, authorities: path.join(FOLDER, 'certs/ca.pem') },
      },
    ]);
  });

  it('says in which form messages leave for an environment', () => {
    const file = read({ environments: [{ ...gateway, format: 'json' }, integration] });
    assert.deepEqual(
      file.places.map(({ format }) => format),
      ['json', undefined],
    );
    assert.equal(file.environments[0]?.format, 'json');
    assert.deepEqual(told({ environments: [{ ...gateway, format: 'yaml' }] }), [
      'environments[0].format: Choose one of "xml", "json".',
    ]);
  });

  it('leaves ~/ to each person, and tells that a relative path needs a folder', () => {
    const certificate = '~/mesh/int.p12';
    const file = { environments: [{ ...gateway, authorities: '~/ca.pem', mailboxes: [{ ...mailbox, certificate }] }] };
    assert.deepEqual(read(file).places[0]?.certificates, { certificate, key: undefined, authorities: '~/ca.pem' });
    const elsewhere = readTeamFile(
      JSON.stringify({ environments: [{ ...gateway, authorities: 'ca.pem' }] }),
      check,
      undefined,
    );
    assert.match(elsewhere.mistakes[0]?.sentence ?? '', /^environments\[0\].authorities: A relative path needs/);
    assert.deepEqual(elsewhere.places, []);
  });

  it('lists nothing live as if it were not', () => {
    const [gatewayToLive] = read({ environments: [{ ...gateway, kind: 'live' }] }).places;
    assert.equal(gatewayToLive?.environment, 'LIVE: Gateway');
    assert.ok(isLive(gatewayToLive));
    assert.equal(
      read({ environments: [{ ...integration, name: 'Live', kind: 'live' }] }).places[0]?.environment,
      'Live',
    );
    const pretended = { ...gateway, endpoint: 'https://mesh-sync.spineservices.nhs.uk', kind: 'test' };
    const file = read({ environments: [pretended] });
    assert.deepEqual(
      file.mistakes.map(({ sentence }) => sentence),
      ['environments[0].kind: mesh-sync.spineservices.nhs.uk is live MESH, so its kind is "live".'],
    );
    assert.deepEqual([file.places, file.environments[0]?.live], [[], true]);
  });

  it('says that an address is live although something else of it is wrong', () => {
    const file = read({ environments: [{ ...gateway, kind: 'live', colour: 'red' }] });
    assert.deepEqual([file.places.length, file.environments[0]?.live, file.mistakes.length], [0, true, 1]);
  });

  it('holds what is wrong to be wrong, and uses the rest', () => {
    const file = read({
      environments: [
        { ...integration, mailboxes: [{ mailbox: 'X 26' }, mailbox, { mailbox: 'GPPROVIDER' }] },
        { ...gateway, endpoint: 'http://mesh.example' },
      ],
      surplus: 1,
    });
    assert.deepEqual(
      file.places.map((place) => place.mailbox),
      ['X26OT001'],
    );
    assert.equal(file.mistakes.length, 4);
  });

  for (const [value, ...sentences] of [
    [[], 'This has to be an object.'],
    [{ enviroments: [] }, 'enviroments: No such thing is known here. Did you mean "environments"?'],
    [{ environments: {} }, 'environments: This has to be a list.'],
    [{ environments: ['x'] }, 'environments[0]: This has to be an object.'],
    [{ environments: [{ kind: 'live' }] }, 'environments[0]: "name" is missing.'],
    [
      { environments: [{ name: 'A' }] },
      'environments[0]: Give its endpoint, or one of the kinds whose address is known: integration, deployment, live.',
    ],
    [
      { environments: [{ ...gateway, kind: 'prod' }] },
      'environments[0].kind: Choose one of "test", "integration", "deployment", "live".',
    ],
    [
      { environments: [{ ...gateway, mailboxes: [{ ...mailbox, key: 'certs/client.key' }] }] },
      "environments[0].mailboxes[0].key: Give the whole path of a file, or one that starts with ~/: a key is each person's own.",
    ],
    [
      { environments: [{ ...gateway, mailboxes: [{ name: '', mailbox: 'X26' }] }] },
      'environments[0].mailboxes[0].name: This is empty.',
    ],
    [{ overdue: { business: -1 } }, 'overdue.business: This is no number of minutes.'],
  ] as [unknown, ...string[]][])
    it(`is told of ${JSON.stringify(value)}`, () => assert.deepEqual(told(value), sentences));

  for (const [name, value] of [
    ['password', 'Quillfeather'],
    ['sharedKey', 'Quillfeather'],
    ['shared_key', 'Quillfeather'],
    ['passphrase', 'Quillfeather'],
    ['clientSecret', 'Quillfeather'],
  ] as const)
    it(`refuses a secret: ${name}`, () => {
      for (const environment of [
        { ...gateway, mailboxes: [{ ...mailbox, [name]: value }] },
        { ...gateway, [name]: value },
      ]) {
        const file = read({ environments: [environment] });
        assert.equal(file.mistakes.length, 1);
        assert.match(file.mistakes[0]!.sentence, new RegExp(`${name}: No secret belongs in a file that is shared`));
        assert.ok(!JSON.stringify(file).includes('Quillfeather'), 'the secret is repeated');
        assert.deepEqual(file.places, []);
      }
    });

  it('refuses a certificate or key itself where its path belongs', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nQuillfeather';
    const file = { environments: [{ ...gateway, authorities: pem, mailboxes: [{ ...mailbox, key: pem }] }] };
    assert.equal(read(file).mistakes.length, 2);
    assert.deepEqual(read(file).places, []);
    assert.ok(!JSON.stringify(read(file).mistakes).includes('Quillfeather'));
  });

  it('refuses a user name and password in an address', () => {
    const file = read({ environments: [{ ...gateway, endpoint: 'https://me:Quillfeather@mesh.example' }] });
    assert.ok(file.mistakes.length > 0);
    assert.ok(!JSON.stringify(file).includes('Quillfeather'));
  });

  it('is read in time that does not grow with the square of what is wrong with it', () => {
    const environments = [
      { endpoint: 'https://mesh.example', mailboxes: Array.from({ length: 20_000 }, () => ({ a: 1 })) },
    ];
    assert.ok(readTeamFile(JSON.stringify({ environments }), check, '/team').mistakes.length >= 20_000);
  });

  it('says briefly where something is wrong, however long the names are', () => {
    const { mistakes } = readTeamFile(JSON.stringify({ ['a'.repeat(50_000)]: 1 }), check, '/team');
    assert.ok(mistakes.length === 1 && mistakes[0]!.sentence.length < 400);
  });

  it('tells what is wrong within the text, also behind a comment that ends it', () => {
    const later = '{ // one\n /* two\r\n */ "guards": /* three */ 7 }';
    const { offset, length } = readTeamFile(later, check, FOLDER).mistakes[0]!.span;
    assert.equal(later.slice(offset, offset + length), '7');
    for (const text of ['[""//', '[""// x', '{ "validate": //', '[ /*']) {
      const { mistakes } = readTeamFile(text, check, FOLDER);
      assert.ok(mistakes.length > 0, text);
      for (const { span } of mistakes) assert.ok(span.offset + span.length <= text.length, `${text} ${span.offset}`);
    }
  });

  it('points at what is wrong', () => {
    const text = '{ "environments": [{ "name": "A", "kind": "prod", "endpoint": "https://mesh.example" }] }';
    const [mistake] = readTeamFile(text, check, FOLDER).mistakes;
    assert.ok(mistake);
    assert.equal(text.slice(mistake.span.offset, mistake.span.offset + mistake.span.length), '"prod"');
  });

  it('is used as far as it can be read when it breaks off', () => {
    const file = read('{ "guards": { "live": "forbid" }, "environments": [');
    assert.match(file.mistakes[0]!.sentence, /^This is no JSON: /);
    assert.deepEqual(file.guards, { live: 'forbid' });
    assert.deepEqual(read(' \n').mistakes, []);
  });

  it('guards strictly where it cannot be told how a guard is meant', () => {
    const file = read({ guards: { patients: 'never', live: 'confirm' } });
    assert.deepEqual(file.guards, { patients: 'forbid', live: 'confirm' });
    assert.deepEqual(
      file.mistakes.map(({ sentence }) => sentence),
      ['guards.patients: Choose one of "confirm", "forbid".'],
    );
  });

  it('shows where a mailbox stands in it', () => {
    const text = JSON.stringify({ environments: [integration, gateway] });
    const [, second] = read(text).places;
    const span = spanOfPlace(text, second!);
    assert.equal(span?.offset, text.lastIndexOf(JSON.stringify(mailbox)));
    assert.equal(spanOfPlace(text, { ...second!, mailbox: 'OTHER' }), undefined);
  });
});

describe('the policies of several files', () => {
  it('are the strictest guards, and the times of the first', () => {
    const joined = joinedPolicy([
      { guards: { patients: 'confirm' }, overdue: { business: 10 } },
      { guards: { patients: 'forbid', live: 'confirm' }, overdue: { business: 20, collected: 5 } },
    ]);
    assert.deepEqual(joined, {
      guards: { patients: 'forbid', live: 'confirm' },
      overdue: { business: 10, collected: 5 },
    });
    assert.deepEqual(joinedPolicy([]), { guards: {}, overdue: {} });
  });
});

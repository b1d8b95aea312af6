import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { authorizationHeader, createUsedTokens, MAXIMUM_SKEW, verifyAuthorization } from '../../mesh/authorization';
import type { Token } from '../../mesh/authorization';

const TIME = new Date('2024-01-02T03:04:59.999Z');
const TOKEN: Token = {
  mailbox: 'X26ABC1',
  password: 'password',
  sharedKey: 'TestKey',
  nonce: '2c001608-5f09-4840-9611-bea43e666a30',
  count: 0,
  time: TIME,
};
const HEADER =
  'NHSMESH X26ABC1:2c001608-5f09-4840-9611-bea43e666a30:0:202401020304:9c68c7ba1ac8fa4f8615ee7405e11294fa528ad5831c8dfb3da88a5ef2eddbd1';

describe('mesh authorization', () => {
  describe('known vectors', () => {
    const vectors: [Partial<Token>, string][] = [
      [{}, HEADER],
      [
        { count: 1 },
        'NHSMESH X26ABC1:2c001608-5f09-4840-9611-bea43e666a30:1:202401020304:ac7207de9506f1fc0c1b1f28c802b88b342fdad7274810f7356422de9465a7b1',
      ],
      [
        {
          mailbox: 'X26',
          password: 'testing',
          sharedKey: 'SharedKey',
          nonce: '97bf007e-3027-4127-ac9d-f9a25de4de68',
          count: 1,
          time: new Date('2022-10-24T11:55:00Z'),
        },
        'NHSMESH X26:97bf007e-3027-4127-ac9d-f9a25de4de68:1:202210241155:b1a882d3615305602f10b8f9a0453865284ce3e4b9e88e7899fb8bb5339da179',
      ],
    ];
    for (const [change, expected] of vectors) {
      const token = { ...TOKEN, ...change };
      it(`${token.mailbox}, count ${token.count}`, () => assert.equal(authorizationHeader(token), expected));
    }

    const file = resolve(__dirname, '../../../../shared/domain/mesh-auth-vectors.json');
    if (existsSync(file)) {
      const { vectors: published } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: PublishedVector[] };
      for (const vector of published) {
        it(`published: ${vector.mailboxId}, count ${vector.nonceCount}`, () => {
          const time = new Date(vector.timestamp.replace(/(....)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:00Z'));
          const token = { ...vector, mailbox: vector.mailboxId, count: vector.nonceCount, time };
          assert.equal(authorizationHeader(token), vector.authorization);
        });
      }
    }
  });

  it('upper-cases the mailbox and writes UTC', () => {
    assert.equal(authorizationHeader({ ...TOKEN, mailbox: 'x26abc1' }), HEADER);
    assert.equal(authorizationHeader({ ...TOKEN, time: new Date('2024-01-02T05:04:00+02:00') }), HEADER);
  });

  it('signs a password and a key beyond ASCII as UTF-8', () => {
    const token = { ...TOKEN, password: 'pässwörd', sharedKey: 'schlüssel' };
    assert.equal(verifyAuthorization(authorizationHeader(token), token, TIME, createUsedTokens()), undefined);
  });

  describe('verification', () => {
    const verify = (header: string | undefined, now = TIME) =>
      verifyAuthorization(header, TOKEN, now, createUsedTokens());
    const later = (milliseconds: number) => new Date(Date.parse('2024-01-02T03:04:00Z') + milliseconds);

    it('accepts its own header, the hash in either case', () => {
      assert.equal(verify(HEADER), undefined);
      assert.equal(verify(HEADER.replace(/[0-9a-f]{64}$/, (hash) => hash.toUpperCase())), undefined);
    });

    for (const [what, header] of [
      ['none at all', undefined],
      ['an empty one', ''],
      ['another scheme', 'Basic dXNlcjpwYXNzd29yZA=='],
      ['no scheme', HEADER.replace('NHSMESH ', '')],
      ['a part too few', HEADER.replace(':0:', ':')],
      ['a count that is no number', HEADER.replace(':0:', ':zero:')],
      ['a month that does not exist', HEADER.replace('202401020304', '202413020304')],
      ['a day that does not exist', HEADER.replace('202401020304', '202402300304')],
      ['a short hash', HEADER.slice(0, -1)],
    ] as const) {
      it(`malformed: ${what}`, () => assert.equal(verify(header), 'malformed'));
    }

    it('mailbox mismatch: another mailbox, or its own in lower case', () => {
      assert.equal(verify(authorizationHeader({ ...TOKEN, mailbox: 'X26ABC2' })), 'mailbox-mismatch');
      assert.equal(verify(HEADER.replace('X26ABC1', 'x26abc1')), 'mailbox-mismatch');
    });

    it('bad hash: wrong password, wrong key, changed nonce, count or time', () => {
      for (const change of [{ password: 'Password' }, { sharedKey: 'testkey' }]) {
        assert.equal(verify(authorizationHeader({ ...TOKEN, ...change })), 'bad-hash');
      }
      assert.equal(verify(HEADER.replace('2c001608', '2c001609')), 'bad-hash');
      assert.equal(verify(HEADER.replace(':0:', ':1:')), 'bad-hash');
      assert.equal(verify(HEADER.replace('202401020304', '202401020305')), 'bad-hash');
    });

    it('clock: two hours either way, not a moment more', () => {
      assert.equal(verify(HEADER, later(MAXIMUM_SKEW)), undefined);
      assert.equal(verify(HEADER, later(-MAXIMUM_SKEW)), undefined);
      assert.equal(verify(HEADER, later(MAXIMUM_SKEW + 1)), 'clock-skew');
      assert.equal(verify(HEADER, later(-MAXIMUM_SKEW - 1)), 'clock-skew');
    });

    it('replayed: a token is good for one request, also at another minute', () => {
      const used = createUsedTokens();
      const show = (token: Token) => verifyAuthorization(authorizationHeader(token), TOKEN, TIME, used);
      assert.equal(show(TOKEN), undefined);
      assert.equal(show(TOKEN), 'replayed');
      assert.equal(show({ ...TOKEN, time: later(60_000) }), 'replayed');
      assert.equal(show({ ...TOKEN, count: 1 }), undefined);
    });

    it('a token that was refused is not used up', () => {
      const used = createUsedTokens();
      const wrong = authorizationHeader({ ...TOKEN, password: 'wrong' });
      assert.equal(verifyAuthorization(wrong, TOKEN, TIME, used), 'bad-hash');
      assert.equal(verifyAuthorization(HEADER, TOKEN, TIME, used), undefined);
    });
  });
});

interface PublishedVector {
  mailboxId: string;
  password: string;
  sharedKey: string;
  nonce: string;
  nonceCount: number;
  timestamp: string;
  authorization: string;
}

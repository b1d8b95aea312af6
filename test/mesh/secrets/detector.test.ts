// The detector itself: it finds each secret, planted on purpose, however it was written down and wherever it hangs.
import assert from 'node:assert/strict';
import { MeshError } from '../../../mesh/errors';
import { createDetector } from './detector';
import { assertClean, detector } from './expect';
import { everythingKnown, FAILURES, SHAPES } from './hostile';
import { SECRETS } from './planted';
import { textsIn } from './texts';

describe('the detector of secrets', () => {
  const DISGUISES: Record<string, (secret: string) => string> = {
    'as it is': (secret) => secret,
    'in capitals': (secret) => secret.toUpperCase(),
    'in small letters': (secret) => secret.toLowerCase(),
    'its beginning': (secret) => secret.slice(0, 9),
    'its end': (secret) => secret.slice(-9),
    'in JSON': (secret) => JSON.stringify({ secret }),
    'in JSON within JSON': (secret) => JSON.stringify(JSON.stringify({ secret })),
    'in JSON, escaped to ASCII': (secret) =>
      JSON.stringify(secret).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    'in HTML': (secret) =>
      secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;').replaceAll('"', '&#x22;'),
    'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
    'in hexadecimal, in capitals': (secret) => `0${Buffer.from(secret).toString('hex').toUpperCase()}`,
    'in base64': (secret) => Buffer.from(secret).toString('base64'),
    'in base64, behind one byte': (secret) => Buffer.from(`a${secret}`).toString('base64'),
    'in base64, behind two bytes': (secret) => Buffer.from(`ab${secret}`).toString('base64'),
    'in base64 for URLs': (secret) => `token=${Buffer.from(`ab${secret}`).toString('base64url')};`,
    'in base64 of capitals': (secret) => Buffer.from(secret.toUpperCase()).toString('base64'),
    'percent-encoded': (secret) => encodeURIComponent(secret),
    'percent-encoded, every byte': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
    'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
    'UTF-8 read as Latin-1': (secret) => Buffer.from(secret).toString('latin1'),
    'as bytes in JSON': (secret) => JSON.stringify(Buffer.from(secret)),
    'over several lines': (secret) => secret.replace(/(.{5})/g, "$1' +\n  '"),
    'with spaces between digits': (secret) => secret.replace(/(\d{3})(\d{3})(\d{4})/, '$1 $2 $3'),
  };

  const CARRIERS: Record<string, (text: string) => unknown> = {
    'its message': (text) => new Error(text),
    'a stack': (text) => Object.assign(new Error('x'), { stack: text }),
    'a property': (text) => Object.assign(new Error('x'), { headers: { authorization: text } }),
    'a property that is not listed': (text) => Object.defineProperty(new Error('x'), 'hidden', { value: text }),
    'a property with a symbol': (text) => Object.assign(new Error('x'), { [Symbol('hidden')]: { text } }),
    'a symbol': (text) => Object.assign(new Error('x'), { [Symbol(text)]: 1 }),
    'a name': (text) => Object.assign(new Error('x'), { [text]: 1 }),
    'an inherited getter': (text) =>
      new (class extends Error {
        get told() {
          return text;
        }
      })('x'),
    'a cause of a cause': (text) => new Error('x', { cause: new Error('x', { cause: new Error(text) }) }),
    'one error of several': (text) => new AggregateError([new Error('x'), new Error(text)]),
    'a Buffer': (text) => Object.assign(new Error('x'), { rawPacket: Buffer.from(text) }),
    'a Map': (text) => Object.assign(new Error('x'), { headers: new Map([['x', [text]]]) }),
    'toJSON alone': (text) => Object.assign(new Error('x'), { toJSON: () => ({ text }) }),
    'a circle': (text) => {
      const error = Object.assign(new Error('x'), { self: {}, request: { text } });
      error.self = error;
      return error;
    },
  };

  const isFound = (value: unknown, name: string) => textsIn(value).some((text) => detector.find(text).includes(name));

  for (const [disguise, disguised] of Object.entries(DISGUISES))
    it(`finds each secret ${disguise}`, () => {
      for (const [name, [secret = '']] of Object.entries(SECRETS))
        assert.ok(isFound(new Error(`Could not: ${disguised(secret)}`), name), name);
    });

  for (const [carrier, carry] of Object.entries(CARRIERS))
    it(`finds each secret in ${carrier}`, () => {
      for (const [name, [secret = '']] of Object.entries(SECRETS)) assert.ok(isFound(carry(secret), name), name);
    });

  it('finds a birth date however it is written', () => {
    for (const date of ['19610829', '1961-08-29', '29/08/1961', '29.08.1961', '1961-08-29T00:00:00Z'])
      assert.ok(isFound(new Error(`born ${date}`), 'birth date'), date);
  });

  it('finds all of them in what hostile servers and networks say', () => {
    const all = Object.keys(SECRETS).sort();
    assert.deepEqual(detector.find(everythingKnown()).sort(), all);
    for (const [shape, make] of Object.entries(SHAPES)) {
      const answer = make(everythingKnown());
      if (!shape.includes('short')) assert.deepEqual(detector.find(JSON.stringify(answer)).sort(), all, shape);
    }
    for (const failure of ['ECONNRESET', 'several at once', 'a text', 'an object'])
      for (const name of all) assert.ok(isFound(FAILURES[failure]?.(everythingKnown()), name), `${failure}: ${name}`);
  });

  it('finds a token that was planted later, and nothing in what holds no secret', () => {
    assertClean(new MeshError('server', 'Could not send the message: GPPROVIDER_*** is not known.'), 'clean');
    const own = createDetector();
    assert.deepEqual(own.find('0123456789abcdef'), []);
    own.plant('token', '0123456789abcdef');
    assert.deepEqual(own.find('x 23456789AB'), ['token']);
  });
});

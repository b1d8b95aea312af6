import { expectOf, request } from './whole';
import assert from 'node:assert/strict';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';

describe('rule message-size', () => {
  const MOST = 5 * 1024 * 1024;

  it('right, to the byte, or when nobody says how many there are', () => {
    expectOf('message-size', request());
    expectOf('message-size', request(), [], { bytes: MOST });
    assert.deepEqual(
      validate(JSON.parse(request()), knowledge()).findings.filter((f) => f.rule === 'message-size'),
      [],
    );
  });

  it('too large', () => {
    const marked = `⟦{⟧${request().slice(1)}`;
    expectOf('message-size', marked, [['warning', '5.1 MB']], { bytes: MOST + 1 });
    expectOf('message-size', marked, [['warning', '20015']], { bytes: 3 * MOST });
  });

  it('asks nothing of what is no message of ITK3', () =>
    expectOf('message-size', '{"resourceType":"Patient"}', [], { bytes: 2 * MOST }));
});

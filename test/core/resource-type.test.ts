import assert from 'node:assert/strict';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';

describe('a resource type that every object has a member of', () => {
  for (const type of ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'])
    it(`${type} is none of STU3`, () => {
      const inside = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: type } }] };
      for (const value of [{ resourceType: type }, inside])
        assert.deepEqual(
          validate(value, knowledge()).findings.map((finding) => finding.rule),
          ['resource-type'],
        );
    });
});

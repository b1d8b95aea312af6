import assert from 'node:assert/strict';
import { listedName, officialName } from '../../core/itk3/person-name';

describe('names of people', () => {
  const names: [listed: string | undefined, name: object][] = [
    ['TESTWELL, Marmaduke (Mr)', { family: 'Testwell', given: ['Marmaduke'], prefix: ['Mr'] }],
    ['TESTWELL, Marmaduke (Mr)', { family: 'Testwell', given: ['Marmaduke'], prefix: 'Mr' }],
    ['TESTWELL, Anna Maria', { family: 'Testwell', given: ['Anna', 'Maria'] }],
    ['TESTWELL', { family: 'Testwell', given: [7], prefix: null }],
    [undefined, { family: '', given: ['Anna'] }],
    [undefined, { given: ['Anna'] }],
  ];
  for (const [listed, name] of names)
    it(`${JSON.stringify(name)} is listed as ${listed}`, () => assert.equal(listedName(name), listed));

  it('the official name comes before the first', () =>
    assert.deepEqual(officialName({ name: [{ family: 'A' }, { use: 'official', family: 'B' }] }).family, 'B'));
  it('who has no name has none', () => assert.deepEqual(officialName({}), {}));
});

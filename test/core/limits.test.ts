// Content that is large or many, but allowed: it is judged, and nothing grows with its square.
import assert from 'node:assert/strict';
import { readJson } from '../../core/document/json-document';
import { checkDocument } from '../../core/validate/check-document';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';

const entries = (count: number, reference: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => ({
    fullUrl: `http://example.invalid/Patient/p${i}`,
    resource: { resourceType: 'Patient', id: `p${i}`, link: [{ other: { reference: reference(i) }, type: 'seealso' }] },
  }));

describe('large content', () => {
  it('an attachment of 12 MB, right and wrong', () => {
    const binary = (content: string) => ({ resourceType: 'Binary', contentType: 'application/pdf', content });
    assert.deepEqual(validate(binary('QUJD'.repeat(3_000_000)), knowledge()).findings, []);
    const { findings } = validate(binary(`${'QUJD'.repeat(3_000_000)}!AAA`), knowledge());
    assert.deepEqual(
      findings.map((f) => f.rule),
      ['primitive-form'],
    );
    assert.ok(findings[0]!.message.length < 300);
  });

  it('a long code', () => {
    const { findings } = validate({ resourceType: 'Patient', language: 'a '.repeat(2_000_000) }, knowledge());
    assert.ok(findings.every((f) => f.message.length < 500));
  });

  it('thousands of entries that refer to each other by name', () => {
    const entry = entries(5_000, (i) => `Patient/p${(i + 1) % 5_000}`);
    assert.deepEqual(validate({ resourceType: 'Bundle', type: 'collection', entry }, knowledge()).findings, []);
  });

  it('thousands of references that lead nowhere', () => {
    const entry = entries(5_000, () => 'urn:uuid:00000000-0000-4000-8000-000000000000');
    const { findings } = validate({ resourceType: 'Bundle', type: 'message', entry }, knowledge());
    assert.equal(findings.filter((f) => f.rule === 'reference-missing').length, 5_000);
  });

  it('thousands of items that are wrong in the same way', () => {
    const wrong = { resourceType: 'Patient', name: Array.from({ length: 20_000 }, () => ({ given: 'a', period: 1 })) };
    const { findings } = validate(wrong, knowledge());
    assert.equal(findings.filter((f) => f.pointer.startsWith('/name/')).length, 40_000);
  });

  it('thousands of properties that nobody knows', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`made up ${i}`, 1]));
    const { findings } = checkDocument(readJson(JSON.stringify({ resourceType: 'Patient', ...many })), knowledge());
    assert.equal(findings.length, 5_000);
  });
});

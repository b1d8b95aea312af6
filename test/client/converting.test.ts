import assert from 'node:assert/strict';
import { listOf, looked, onlyTarget, sentenceOf, whyNot } from '../../client/converting/plan';
import { inForm } from '../../client/converting/target';

describe('the name in the other form', () => {
  it('has the ending of the form, once', () => {
    assert.equal(inForm('/a/message.json', 'xml'), '/a/message.xml');
    assert.equal(inForm('/a/message.XML', 'json'), '/a/message.json');
    assert.equal(inForm('/a.json/message.json', 'xml'), '/a.json/message.xml');
    assert.equal(inForm('/a/message.v2.json', 'xml'), '/a/message.v2.xml');
  });

  it('keeps an ending that says something else', () => {
    assert.equal(inForm('/a/message.fhir', 'xml'), '/a/message.fhir.xml');
    assert.equal(inForm('/a/message', 'json'), '/a/message.json');
  });
});

describe('a file that is to be converted', () => {
  it('is a resource, in the form that it is written in', () => {
    assert.deepEqual(looked('{ "resourceType": "Patient" }', { resourceType: 'Patient' }), { form: 'json' });
    assert.deepEqual(looked('<Patient xmlns="http://hl7.org/fhir"/>', { resourceType: 'Patient' }), { form: 'xml' });
  });

  it('is told what it is not', () => {
    assert.deepEqual(looked(' \n', undefined), { why: 'It is empty.' });
    assert.deepEqual(looked('{ "name": "other" }', { name: 'other' }), { why: 'It is no FHIR resource.' });
    assert.deepEqual(looked('<project/>', { resourceType: 'project' }), { why: 'It is no FHIR resource.' });
  });

  it('says by itself to which form, where all are of one', () => {
    assert.equal(onlyTarget(['json', 'json']), 'xml');
    assert.equal(onlyTarget(['xml']), 'json');
    assert.equal(onlyTarget(['json', 'xml']), undefined);
    assert.equal(onlyTarget([]), undefined);
  });

  it('is not written where the other form cannot say all of it', () => {
    const left = [{ pointer: '/id', message: 'Patient.id is null.' }];
    assert.equal(whyNot({ text: '', left, asides: 0 }, 'xml'), 'The XML would not have all of it: Patient.id is null.');
    assert.equal(
      whyNot({ text: '', left: [...left, ...left, ...left], asides: 0 }, 'xml'),
      'The XML would not have all of it: Patient.id is null. And 2 other places like it.',
    );
    assert.equal(whyNot({ problem: 'Line 3 is broken.', span: { offset: 0, length: 1 } }, 'xml'), 'Line 3 is broken.');
    assert.equal(whyNot({ text: '', left: [], asides: 3 }, 'json'), undefined);
  });
});

describe('how converting ended', () => {
  const tally = { to: 'json', converted: 2, comments: 0, leftOut: [], isStopped: false } as const;

  it('is a sentence', () => {
    assert.equal(sentenceOf(tally), '2 files converted to FHIR JSON.');
    assert.equal(
      sentenceOf({ ...tally, comments: 1 }),
      '2 files converted to FHIR JSON. 1 comment stayed behind: JSON has no place for them.',
    );
    assert.equal(
      sentenceOf({ ...tally, to: 'xml', converted: 0, leftOut: [{ name: 'a.json', why: 'It is empty.' }] }),
      '0 files converted to FHIR XML. a.json was not: it is empty.',
    );
    assert.equal(sentenceOf({ ...tally, isStopped: true }), 'Stopped: 2 files converted to FHIR JSON.');
  });

  it('lists what was not converted, and why', () => {
    const leftOut = [
      { name: 'a.xml', why: 'It is empty.' },
      { name: 'b.xml', why: 'Line 3 is broken.' },
    ];
    assert.equal(
      listOf({ ...tally, leftOut }),
      '2 files converted to FHIR JSON. 2 were not.\n\na.xml\n    It is empty.\nb.xml\n    Line 3 is broken.\n',
    );
  });
});

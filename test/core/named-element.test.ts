import assert from 'node:assert/strict';
import { fhirPath, valueAt } from '../../core/document/pointer';
import { draftMessage } from '../../core/draft/message';
import { readMessage } from '../../core/itk3/message';
import { elementNamedIn } from '../../core/itk3/named-element';
import { knowledge } from '../knowledge';

let count = 0;
const moment = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  random: () => 0.5,
};
const message = readMessage(draftMessage('emergency-supply', { knowledge: knowledge(), fresh: moment }))!;
const isType = (word: string): boolean => knowledge().registry.isResource(word);
const named = (words: string) => elementNamedIn(words, message, isType);
const patient = message.resources.find(({ type }) => type === 'Patient')!;
const header = '/entry/0/resource';

describe('the element that diagnostics name', () => {
  for (const [what, words, pointer] of [
    [
      'FHIRPath, as the sandbox says it',
      '1 error, the first is "kind" at Bundle.entry[0].resource.event.code.',
      `${header}/event/code`,
    ],
    ['FHIRPath with a type', 'Bundle.entry[0].resource.ofType(MessageHeader).event', `${header}/event`],
    [
      'FHIRPath with a comment',
      'Bundle.entry[0].resource/*MessageHeader/1*/.timestamp: not an instant',
      `${header}/timestamp`,
    ],
    ['FHIRPath from a resource', 'Wrong: Patient.birthDate', `${patient.pointer}/birthDate`],
    [
      'FHIRPath with a choice',
      `MessageHeader.extension[0].extension('BusAckRequested').value is no boolean`,
      `${header}/extension/0/extension/0/valueBoolean`,
    ],
    [
      'XPath with prefixes, which counts from 1',
      'see /f:Bundle/f:entry[1]/f:resource/f:MessageHeader/f:event/f:code/@value',
      `${header}/event/code`,
    ],
    ['XPath without', 'MessageHeader/source/endpoint must be a mailbox', `${header}/source/endpoint`],
    ['XPath from anywhere', '//fhir:MessageHeader/fhir:id/@value', `${header}/id`],
    [
      'XPath that chooses by an attribute',
      `/Bundle/entry[1]/resource/MessageHeader/extension[1]/extension[@url='InfAckRequested']`,
      `${header}/extension/0/extension/1`,
    ],
    ['a JSON Pointer', 'wrong at /entry/0/resource/event/display', `${header}/event/display`],
    ['the name of a key that stands there once', 'InfAckRequested is not true', `${header}/extension/0/extension/1`],
    ['the name of an element that stands there once', 'The birthDate is wrong', `${patient.pointer}/birthDate`],
  ] as const)
    it(`is found by ${what}`, () => {
      const found = named(words);
      assert.equal(found?.pointer, pointer, fhirPath(message.root.resource, found?.pointer ?? ''));
      assert.equal(found.isThere, true);
      assert.notEqual(valueAt(message.root.resource, pointer), undefined);
    });

  it('leads to what it belongs in when it is missing', () => {
    assert.deepEqual(named('Patient.multipleBirthInteger is missing'), {
      expression: 'Patient.multipleBirthInteger',
      pointer: patient.pointer,
      isThere: false,
    });
  });

  it('is the first that leads somewhere', () => {
    assert.equal(named('Flag.code or Patient.gender')?.pointer, `${patient.pointer}/gender`);
  });

  it('is only named where nobody knows which of several is meant, or the message is not at hand', () => {
    assert.deepEqual(named('Observation.code'), { expression: 'Observation.code', isThere: false });
    assert.deepEqual(named('Organization.identifier'), { expression: 'Organization.identifier', isThere: false });
    assert.deepEqual(elementNamedIn('at Bundle.entry[2].resource', undefined, isType), {
      expression: 'Bundle.entry[2].resource',
      isThere: false,
    });
  });

  for (const words of [
    'The status is wrong',
    'See https://example.org/Patient/birthDate for more.',
    'Payload content validation failed. GP Connect: also for Composition profiles.',
    'Composition.',
    '',
  ])
    it(`is none in "${words}"`, () => assert.equal(named(words), undefined));

  it('stops at the end of a long text', () => {
    const started = named(`${'x '.repeat(100_000)} Patient.birthDate`);
    assert.equal(started, undefined);
  });
});

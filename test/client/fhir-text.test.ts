import assert from 'node:assert/strict';
import { mayBeFhir, mayBeFhirXml, mayBeMessage } from '../../client/language/fhir-text';

const MESSAGE = '<Bundle xmlns="http://hl7.org/fhir"><id value="1"/><type value="message"/></Bundle>';

describe('whether XML may be FHIR', () => {
  for (const [what, text] of Object.entries({
    'a resource in its namespace': '<Observation xmlns="http://hl7.org/fhir">',
    'one behind all that may stand before it':
      '\uFEFF<?xml version="1.0"?>\n<!-- a - <note> -->\n<?go "on"?>\n<Patient\n  xmlns="http://hl7.org/fhir"\n/>',
    'one with a prefix, and quotes of the other kind': "<f:Basic xmlns:f='http://hl7.org/fhir'>",
    'one whose schema is named first':
      '<Basic xsi:schemaLocation="a > b" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://hl7.org/fhir">',
    'a namespace with a slip': '<Bundle xmlns="https://hl7.org/fhir/">',
    'a message without its namespace': '<Bundle>',
    'one that is being typed': '<Patient xmlns="http://hl7.org/fhir"',
  }))
    it(`yes: ${what}`, () => assert.ok(mayBeFhirXml(text)));

  for (const [what, text] of Object.entries({
    nothing: '',
    'a project':
      '<?xml version="1.0"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0"><name>fhir</name></project>',
    'a picture': '<svg xmlns="http://www.w3.org/2000/svg"><metadata xmlns="http://hl7.org/fhir"/></svg>',
    'a page': '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>',
    'a document of another HL7 standard': '<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
    'a Bundle of someone else': '<Bundle xmlns="urn:example:parcels"/>',
    'a name that only begins so': '<Bundles/>',
    'a resource in a comment': '<!-- <Bundle xmlns="http://hl7.org/fhir"> -->',
    JSON: '{ "resourceType": "Bundle" }',
  }))
    it(`no: ${what}`, () => assert.ok(!mayBeFhirXml(text)));

  it('is said at once of a long text that never closes what it opens', () => {
    for (const text of ['<!-- - ', '<?a ?', '<Bundle xmlns="', "<other a='", ' \n<'])
      assert.ok(!mayBeFhirXml(text.repeat(10_000)));
  });
});

describe('whether a text may be a message', () => {
  it('is asked of both forms alike', () => {
    assert.ok(mayBeMessage('xml', MESSAGE));
    assert.ok(mayBeMessage('json', '{ "resourceType": "Bundle", "type": "message" }'));
    assert.ok(mayBeMessage('xml', '<Bundle><entry><resource><MessageHeader>'));
    assert.ok(mayBeMessage('xml', "<f:Bundle xmlns:f='http://hl7.org/fhir'><f:type value='message'/></f:Bundle>"));
  });

  it('is denied to other resources, and to a language that is neither', () => {
    assert.ok(!mayBeMessage('xml', MESSAGE.replace('"message"', '"document"')));
    assert.ok(!mayBeMessage('xml', MESSAGE.replaceAll('Bundle', 'Parameters')));
    assert.ok(!mayBeMessage('json', MESSAGE));
    assert.ok(!mayBeMessage('html', MESSAGE));
    assert.ok(mayBeFhir('xml', MESSAGE.replaceAll('Bundle', 'Parameters')));
    assert.ok(!mayBeFhir('plaintext', MESSAGE));
  });
});

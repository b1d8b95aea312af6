// Which XML is ours: by its root, and where that may be anybody's by what stands in it.
import assert from 'node:assert/strict';
import { isFhir } from '../../core/document/recognise';
import { knowledge } from '../knowledge';

const NS = 'xmlns="http://hl7.org/fhir"';
const NAME = '<name><family value="Example"/></name>';

const OURS: Record<string, string> = {
  'a resource': `<Patient ${NS}>${NAME}</Patient>`,
  'one with all that may stand before it': `\uFEFF<?xml version="1.0"?>\n<!-- ${'x'.repeat(9_000)} <a> -->\n<?style a?>\n<Patient ${NS}/>`,
  'a prefix for the namespace': '<f:Patient xmlns:f="http://hl7.org/fhir"><f:active value="true"/></f:Patient>',
  'a root that breaks off': `<Bundle ${NS}`,
  'a DOCTYPE, which is then told': `<!DOCTYPE Patient [${'<!ENTITY a "b">'.repeat(1_000)}]>\n<Patient ${NS}/>`,
  'a slip in the type': `<Pateint ${NS}>${NAME}</Pateint>`,
  'a small letter': `<patient ${NS}>${NAME}</patient>`,
  'a namespace that is forgotten': `<Patient>${NAME}</Patient>`,
  'a namespace that is forgotten, of a Bundle that is begun': '<Bundle>',
  'half a name': '<Bundl',
  'half a name of several words': '<MessageHeade',
  'a prefix that nothing declares': `<f:Patient><f:active value="true"/></f:Patient>`,
  'an address for the namespace': `<Patient xmlns="https://www.hl7.org/fhir/STU3">${NAME}</Patient>`,
  'a slip in the namespace': `<Patient xmlns="http://hl7.org/fihr">${NAME}</Patient>`,
};

const OTHERS: Record<string, string> = {
  nothing: '',
  'a bracket': '<',
  'a comment that breaks off': '<!-- Patient',
  'a page': '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
  'a pom.xml': '<project xmlns="http://maven.apache.org/POM/4.0.0"><groupId>a</groupId><Bundle/></project>',
  'a picture': '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
  'a feed': '<rss version="2.0"><channel><title>Patient</title></channel></rss>',
  'a clinical document of version 3': '<ClinicalDocument xmlns="urn:hl7-org:v3"><id root="1.2.3"/></ClinicalDocument>',
  'a type of R4': `<ServiceRequest ${NS}><status value="active"/><subject/></ServiceRequest>`,
  'another type of R4': `<Evidence ${NS}><status value="active"/></Evidence>`,
  'a type of DSTU2': `<DiagnosticOrder ${NS}><status value="draft"/></DiagnosticOrder>`,
  'a part of a resource': `<entry ${NS}/>`,
  'a list of persons': '<Persons><Person><name>Anna</name></Person></Persons>',
  'a person as people write one': '<Person><name>Anna</name><gender>female</gender></Person>',
  'a person with a value': '<Person><Item value="a"/><Item value="b"/><name/></Person>',
  'a list that is begun': '<List>',
  'half a word': '<Tasks',
  'a resource in the namespace of another': '<Patient xmlns="urn:example:clinic"><active value="true"/></Patient>',
  'a resource inside something else': `<feed><Patient ${NS}/></feed>`,
};

describe('XML', () => {
  for (const [what, text] of Object.entries(OURS))
    it(`is ours: ${what}`, () => assert.equal(isFhir(text, knowledge().registry), true));
  for (const [what, text] of Object.entries(OTHERS))
    it(`is others’: ${what}`, () => assert.equal(isFhir(text, knowledge().registry), false));
  it('is judged by its beginning', () => {
    const text = `<Patient>${NAME.repeat(200)}${'<zzz>x</zzz>'.repeat(100_000)}</Patient>`;
    assert.equal(isFhir(text, knowledge().registry), true);
  });
});

import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { composition, section } from '../faults/fault';
import { example, wrong } from './example';
import { CONTACTS, LEGAL, MEDICINES } from './rows';

const SCT = 'http://snomed.info/sct';

describe('rule section-code', () => {
  const coding = (m: Loose, code: string): Loose => section(m, code).code.coding[0];
  it('a section may be missing', () => expectFindings(example((m) => composition(m).section.splice(1, 2))));
  it('the distribution list of older guides', () =>
    expectFindings(
      example((m) =>
        composition(m).section.push({
          title: 'Distribution list',
          code: { coding: [{ system: SCT, code: '887261000000109', display: 'Distribution list' }] },
          text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
        }),
      ),
    ));
  it('a misspelt code', () =>
    expectFindings(
      example((m) => (coding(m, CONTACTS).code = wrong('contact-with-professionals'))),
      `section-code: it is ${CONTACTS}`,
    ));
  it('the code of something else under a title that is known', () =>
    expectFindings(
      example((m) => (coding(m, LEGAL).code = wrong('310080006'))),
      `section-code: of Legal information it is ${LEGAL}`,
    ));
  it('another code system', () =>
    expectFindings(
      example((m) => (coding(m, LEGAL).system = wrong('https://fhir.nhs.uk/CodeSystem/SectionCode'))),
      `section-code: it is ${SCT}`,
    ));
  it('no code', () =>
    expectFindings(
      example((m) => {
        delete section(m, LEGAL).code;
        composition(m).section.push({ title: '«»' });
        composition(m).section.pop();
      }).replace(/\{(?=\s*"title": "Legal information")/, '⟦{⟧'),
      `section-code: ${LEGAL}, Legal information, goes with this title`,
    ));
  it('of a mandatory section the profile says that it is missing', () =>
    expectFindings(
      example((m) => (coding(m, MEDICINES).code = '310080006')).replace('"section": [', '⟦"section"⟧: ['),
      'required: medicationsAndMedicalDevices',
    ));
});

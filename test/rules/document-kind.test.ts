import { expectFindings } from '../marked';
import { composition, documentBundle } from '../faults/fault';
import { example, wrong } from './example';

describe('rule document-kind', () => {
  it('the type of an old guide is one too', () =>
    expectFindings(
      example((m) => {
        composition(m).type.coding = [
          { system: 'http://snomed.info/sct', code: '820261000000101', display: 'Controlled drug dispensing record' },
        ];
        composition(m).section.splice(1, 2);
        composition(m).section = composition(m).section.filter(
          (s: { title: string }) => !/^(Referral|Allergies)/.test(s.title),
        );
        // Nothing leads to the list of allergies any more.
        documentBundle(m).entry.splice(-2);
      }),
    ));
  it('another type', () =>
    expectFindings(
      example((m) => (composition(m).type.coding[0].code = wrong('310080006'))),
      'document-kind: The document type in GP Connect Emergency Supply 1.3.0 is 1218611000000102',
    ));
  it('another care setting', () =>
    expectFindings(
      example((m) => (composition(m).extension[0].valueCodeableConcept.coding[0].code = wrong('886711000000101'))),
      'document-kind: The care setting',
    ));
  it('of two types one will do', () =>
    expectFindings(
      example((m) => composition(m).type.coding.push({ system: 'urn:x:y', code: 'supply', display: 'Supply' })),
    ));
});

import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example, wrongEntry, wrongKey } from './example';

describe('rule organisation-identity', () => {
  it('the code of a site will do', () =>
    expectFindings(
      example((m) => (resource(m, 'Organization', 1).identifier[0].system = 'https://fhir.nhs.uk/Id/ods-site-code')),
    ));
  it('no name', () =>
    expectFindings(
      example((m) => {
        delete resource(m, 'Organization').name;
        wrongEntry(m, resource(m, 'Organization'));
      }),
      'organisation-identity: no name',
    ));
  it('no ODS code', () =>
    expectFindings(
      example((m) => {
        resource(m, 'Organization', 1).identifier[0].system = 'https://example.invalid/practices';
        wrongKey(resource(m, 'Organization', 1), 'identifier');
      }),
      'organisation-identity: no ODS code',
    ));
});

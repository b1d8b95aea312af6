import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { documentBundle, patient, resource } from '../faults/fault';
import { copy } from '../faults/of-rule';
import { example, wrongKey } from './example';

describe('rule duplicate-identifier', () => {
  const twin = (m: Loose): Loose => {
    const id = '00000000-0000-4000-8000-000000000001';
    const added = { ...copy(resource(m, 'Organization', 1)), id };
    documentBundle(m).entry.push({ fullUrl: `urn:uuid:${id}`, resource: added });
    patient(m).managingOrganization = { reference: `urn:uuid:${id}` };
    return added;
  };
  it('the header may have its own entry for an organisation of the document', () =>
    expectFindings(example((m) => (m.entry[1].resource.identifier = copy(resource(m, 'Organization').identifier)))));
  it('two organisations', () =>
    expectFindings(
      example((m) => wrongKey(twin(m), 'identifier')),
      'duplicate-identifier: Another Organization',
    ));
  it('two sites of one organisation', () =>
    expectFindings(
      example((m) => twin(m).identifier.push({ system: 'https://fhir.nhs.uk/Id/ods-site-code', value: 'ZZZ9901' })),
    ));
});

import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { composition, documentBundle, patient, resource } from '../faults/fault';
import { copy } from '../faults/of-rule';
import { example, wrongEntry } from './example';

describe('rule document-entries', () => {
  const add = (m: Loose, added: Loose): Loose => {
    const id = '00000000-0000-4000-8000-000000000001';
    documentBundle(m).entry.push({ fullUrl: `urn:uuid:${id}`, resource: Object.assign(added, { id }) });
    return { reference: `urn:uuid:${id}` };
  };
  it('two dispenses are right', () =>
    expectFindings(
      example((m) => resource(m, 'List').entry.push({ item: add(m, copy(resource(m, 'MedicationDispense'))) })),
    ));
  it('a second Patient', () =>
    expectFindings(
      example((m) => {
        const other = { resourceType: 'Patient', name: copy(patient(m).name) };
        patient(m).link = [{ other: add(m, other), type: 'seealso' }];
        wrongEntry(m, other);
      }),
      'document-entries: has one Patient',
    ));
  it('no dispense', () =>
    expectFindings(
      example((m) => {
        const bundle = documentBundle(m);
        bundle.entry = bundle.entry.filter((e: Loose) => !/^Medication/.test(String(e.resource.resourceType)));
        resource(m, 'List').entry = undefined;
        composition(m).date = '2026-11-20';
        wrongEntry(m, bundle);
      }),
      'document-entries: no MedicationDispense',
    ));
});

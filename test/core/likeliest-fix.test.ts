// What is offered first, and what is done without asking: a wrong one is worse than none.
import assert from 'node:assert/strict';
import { nearest } from '../../core/nearest';
import { composition, documentBundle, header, patient, resource } from '../faults/fault';
import { check, fresher, judged, offers, OURS } from '../faults/proving';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

/** What is offered for the first new finding of our example after a change, the sure one with `!`. */
function offeredAfter(change: (message: Loose) => void): { titles: string[]; after: string[] } {
  const message = structuredClone(OURS) as Loose;
  change(message);
  const text = JSON.stringify(message, null, 2);
  const checked = check(text, knowledge());
  const findings = checked.findings.filter(({ severity }) => severity !== 'hint');
  const [finding] = fresher(findings, judged(JSON.stringify(OURS), knowledge()));
  const offered = offers(finding!, text, knowledge(), checked);
  return {
    titles: offered.map(({ title, isSure }) => (isSure ? `! ${title}` : title)),
    after: offered.map((offer) => offer.after),
  };
}

const SNOMED = { system: 'http://snomed.info/sct', display: 'Nothing of that name' };

const performer = (m: Loose): Loose => resource(m, 'MedicationDispense').performer[0].actor;

describe('the likeliest fix', () => {
  it('of a reference that names a type is an entry of that type, and never surely another', () => {
    for (const reference of ['https://example.org/fhir/Practitioner/1', 'Practitioner/1']) {
      const { titles } = offeredAfter((m) => (performer(m).reference = reference));
      assert.match(titles[0]!, /^Point at Practitioner/);
      assert.deepEqual(
        titles.filter((title) => title.startsWith('!')),
        [],
      );
    }
  });

  it('of a reference that tells nothing is surely the patient only where nobody else may stand', () => {
    const missing = 'urn:uuid:00000000-0000-4000-8000-000000000000';
    const asserter = offeredAfter((m) => (resource(m, 'AllergyIntolerance').asserter = { reference: missing }));
    assert.ok(!asserter.titles.some((title) => title.startsWith('!')), asserter.titles.join(', '));
    const subject = offeredAfter((m) => (resource(m, 'AllergyIntolerance').patient.reference = missing));
    assert.match(subject.titles.join(', '), /^! Point at Patient[^,]*$/);
  });

  it('of a display is sure only where it has a word of the right one', () => {
    const shown = (display: string): string[] => offeredAfter((m) => (header(m).event.display = display)).titles;
    assert.deepEqual(shown('ITK Digital Medicine Emergency Suply Document').slice(0, 1), [
      '! Change to "ITK Digital Medicine Emergency Supply Document"',
    ]);
    assert.deepEqual(shown('Flu jab'), ['Change to "ITK Digital Medicine Emergency Supply Document"']);
  });

  it('of a code that the sources differ on is the one that the finding names', () => {
    const { titles } = offeredAfter(
      (m) =>
        (resource(m, 'MedicationDispense').type.coding = [
          { system: 'http://snomed.info/sct', code: '1218611000000102', display: 'Urgent supply' },
        ]),
    );
    assert.match(titles[0] ?? '', /"emergency-supply"/);
  });

  it('of a code of a large code system is none, unless it is near', () => {
    const reason = (code: string): string[] =>
      offeredAfter((m) => {
        patient(m).meta.tag = [{ system: 'http://hl7.org/fhir/v3/ActReason', code }];
      }).titles;
    assert.deepEqual(reason('PPRF'), []);
    assert.match(reason('MEDNECC')[0]!, /"MEDNEC"/);
  });

  it('of a code as near to two is not told as the one that was meant', () => {
    assert.equal(nearest('X', ['A', 'D', 'M']), undefined);
    assert.equal(nearest('FX', ['FA', 'FI']), undefined);
    assert.equal(nearest('ITK002D', ['ITK003D', 'ITK004D']), undefined);
    assert.equal(nearest('fa', ['FI', 'FA']), 'FA');
    assert.equal(nearest('titel', ['title', 'text']), 'title');
  });

  it('that only a person can write is told as an example, in the title or where it stands', () => {
    const family = offeredAfter((m) => delete patient(m).name[0].family);
    assert.match(family.titles.join(), /^Add family: "[^"]+", an example to be replaced$/);
    const subject = offeredAfter((m) => delete resource(m, 'List').subject);
    assert.match(subject.titles.join(), /^! Add subject: Patient · /);
    const { after } = offeredAfter((m) => (composition(m).section = []));
    const sections: Loose[] = JSON.parse(after.at(-1)!).entry[2].resource.entry[0].resource.section;
    const told = (code: string): string => sections.find((s) => s.code.coding[0].code === code).text.div;
    assert.match(told('886961000000102'), /<td>Example: The patient agreed/);
    assert.match(told('717121000000105'), /<td>Example: Nothing of note/);
    assert.doesNotMatch(told('886731000000109'), /Example:/);
  });

  it('of a SNOMED CT code that cannot be is one a slip away that the guide knows, or one of that name', () => {
    const slip = offeredAfter((m) => (composition(m).type.coding[0].code = '1218611000000012')).titles;
    assert.match(slip.join(), /^Change to 1218611000000102, /);
    const named = offeredAfter((m) => (composition(m).section[0].code.coding[0].code = '123')).titles;
    const { code, display } = composition(OURS as Loose).section[0].code.coding[0];
    assert.ok(
      named.some((title) => title.includes(String(code)) || title.includes(String(display))),
      named.join(),
    );
    const other = offeredAfter((m) => (patient(m).meta.tag = [{ ...SNOMED, code: '999' }])).titles;
    assert.deepEqual(other, []);
  });

  it('of a code under another system is its own system', () => {
    const { titles } = offeredAfter((m) => {
      resource(m, 'Encounter').participant[0].type[0].coding[0].system = 'http://hl7.org/fhir/v3/ActReason';
    });
    assert.match(titles[0]!, /^(! )?Change to http:\/\/hl7\.org\/fhir\/v3\/ParticipationType$/);
  });

  it('stands in front where it is sure', () => {
    const { titles } = offeredAfter(
      (m) => (composition(m).custodian.reference = `${String(composition(m).custodian.reference)}/_history/2`),
    );
    assert.equal(titles[0], '! Point at the version that is there');
  });

  it('takes no link away unasked to which there is no other', () => {
    const removed = (lead: (m: Loose) => string): string =>
      offeredAfter((m) => {
        const contact = composition(m).section.find((s: Loose) => s.title === 'Contact with professionals');
        contact.entry.push({ reference: lead(m) });
      }).titles.join();
    const entry = (m: Loose, type: string): Loose =>
      documentBundle(m).entry.find((e: Loose) => e.resource.resourceType === type);
    assert.match(
      removed((m) => entry(m, 'Patient').fullUrl),
      /^! Remove this entry, which leads to Patient/,
    );
    const location = 'urn:uuid:00000000-0000-4000-8000-0000000000aa';
    const alone = removed((m) => {
      const resource = { resourceType: 'Location', id: location.slice(9), name: 'Consulting room' };
      documentBundle(m).entry.push({ fullUrl: location, resource });
      return location;
    });
    assert.match(alone, /^Remove this entry, which leads to Location · Consulting room/);
  });
});

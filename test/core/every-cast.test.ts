// Whatever is chosen from the synthetic set, by whatever version of the guide: the message that is made has nothing wrong.
import assert from 'node:assert/strict';
import { kindsOfMessage } from '../../core/draft/choices';
import { chooseCast, type Wanted } from '../../core/draft/choose-cast';
import { draftMessage } from '../../core/draft/message';
import { seeded } from '../../core/draft/seeded';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';

const now = new Date('2026-11-20T09:30:00Z');
const { patients, pharmacies, practices, pharmacists, doctors, medicines } = knowledge().invented;

function problemsOf(kind: string, wanted: Wanted, version?: string): string[] {
  const { random, randomUUID } = seeded('every cast');
  const cast = chooseCast(knowledge().invented, random, wanted);
  const fresh = { now, random, randomUUID, mailbox: 'X26PHARMACY' };
  const message = draftMessage(kind, {
    knowledge: knowledge(),
    fresh,
    cast,
    ...(version !== undefined && { version }),
  });
  return validate(message, knowledge(), { now: now.getTime() }).findings.flatMap(
    ({ severity, pointer, message: says }) => (severity === 'hint' ? [] : `${severity} ${pointer} ${says}`),
  );
}

for (const { kind, versions } of kindsOfMessage(knowledge()))
  describe(`a new message, ${kind}`, () => {
    const CASTS: [what: string, wanted: Wanted][] = [
      ...patients.map((patient): [string, Wanted] => [
        `about ${patient.family}, ${patient.given.join(' ')}`,
        { patient },
      ]),
      ...pharmacies.map((pharmacy): [string, Wanted] => [`from ${pharmacy.name}`, { pharmacy }]),
      ...practices.map((practice): [string, Wanted] => [`to ${practice.name}`, { practice }]),
      ...pharmacists.map((pharmacist): [string, Wanted] => [`by ${pharmacist.family}`, { pharmacist }]),
      ...doctors.map((doctor): [string, Wanted] => [`beside ${doctor.family}`, { doctor }]),
      ...medicines.map((medicine): [string, Wanted] => [`of ${medicine.display}`, { medicines: [medicine] }]),
      ['of all medicines', { medicines }],
      ['by a code of one’s own', { sender: 'X26' }],
    ];
    for (const [what, wanted] of CASTS)
      it(`${what} has nothing wrong`, () => assert.deepEqual(problemsOf(kind, wanted), []));
    for (const version of versions)
      it(`by version ${version} has nothing wrong`, () =>
        assert.deepEqual(problemsOf(kind, { medicines }, version), []));
  });

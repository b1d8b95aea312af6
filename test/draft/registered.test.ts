import assert from 'node:assert/strict';
import { registeredPeople, registeredWorkflows } from '../../core/draft/registered';
import { knowledge } from '../knowledge';

describe('what a MESH for tests is told', () => {
  it('is every invented patient, with the date as addresses have it', () => {
    const people = registeredPeople(knowledge(), 'PRACTICE');
    assert.equal(people.length, knowledge().invented.patients.length);
    assert.deepEqual(people[0], {
      nhsNumber: '9990142017',
      birthDate: '19560229',
      surname: 'Testwell',
      mailbox: 'PRACTICE',
    });
  });

  it('is every workflow, from those who are not answered to those who are, and back', () => {
    const mailboxes = [
      { mailbox: 'PHARMACY', answered: false },
      { mailbox: 'PRACTICE', answered: true },
    ];
    const workflows = registeredWorkflows(knowledge(), mailboxes);
    assert.deepEqual(
      workflows.filter(({ id }) => id.startsWith('DIGMED_EMG_MED')),
      [
        { id: 'DIGMED_EMG_MED', senders: ['PHARMACY'], receivers: ['PRACTICE'] },
        { id: 'DIGMED_EMG_MED_ACK', senders: ['PRACTICE'], receivers: ['PHARMACY'] },
      ],
    );
    assert.equal(new Set(workflows.map(({ id }) => id)).size, workflows.length, 'each stands once');
  });
});

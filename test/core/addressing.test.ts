import assert from 'node:assert/strict';
import { draftMessage } from '../../core/draft/message';
import { type Addressed, addressOf, acknowledgementOf, type Answered } from '../../core/itk3/addressing';
import { type Message, readMessage } from '../../core/itk3/message';
import { doubtsAbout } from '../../core/itk3/practice-address';
import { writeReply } from '../../core/itk3/reply';
import type { Json } from '../../core/json';
import type { Loose } from '../loose';
import { checkDigit } from '../../core/nhs/nhs-number';
import { TEXT_HEADERS } from '../../mesh/envelope';
import { knowledge } from '../knowledge';

let count = 0;
const randomUUID = (): string => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
const now = new Date('2026-01-31T09:30:00Z');
// The first of everyone and everything.
const fresh = { now, randomUUID, random: () => 0, mailbox: 'X26PHARMACY' };

let drafted: Json | undefined;

/** A valid request about the first of the invented people. */
function request(): Json {
  drafted ??= draftMessage('emergency-supply', { knowledge: knowledge(), fresh }) as Json;
  return structuredClone(drafted);
}

/** The first resource of a type anywhere inside, as the test may change it. */
function find(value: unknown, type: string): Loose {
  if (typeof value !== 'object' || value === null) return undefined;
  if ((value as Json).resourceType === type) return value;
  for (const child of Object.values(value)) {
    const found = find(child, type);
    if (found) return found;
  }
  return undefined;
}

function read(value: unknown): Message {
  const message = readMessage(value);
  assert.ok(message);
  return message;
}

function address(change: (message: Loose) => void = () => undefined, answered?: Answered): Addressed {
  const value = request();
  change(value);
  return addressOf(read(value), knowledge(), { randomUUID, answered });
}

const withPatient = (change: (patient: Loose) => void): Addressed =>
  address((message) => change(find(message, 'Patient')));

describe('the address of a message to a practice', () => {
  it('is made from the patient whom the document is about', () => {
    const { to, whyNot } = address();
    assert.deepEqual([to, whyNot], ['GPPROVIDER_9990142017_19560229_Testwell', undefined]);
  });

  it('takes the subject of the document, not the first Patient there is', () => {
    const { to } = address((message) => {
      const document = message.entry.find((entry: Loose) => entry.resource.type === 'document').resource;
      const other = { resourceType: 'Patient', id: 'other', name: [{ family: 'Other' }], birthDate: '1999-01-01' };
      document.entry.splice(1, 0, { fullUrl: 'urn:uuid:other', resource: other });
    });
    assert.equal(to, 'GPPROVIDER_9990142017_19560229_Testwell');
  });

  const made: [what: string, change: (patient: Loose) => void, to: string][] = [
    [
      'a number written in groups',
      (p) => (p.identifier[0].value = '999 014 2017'),
      'GPPROVIDER_9990142017_19560229_Testwell',
    ],
    [
      'a number of another system before it',
      (p) => p.identifier.unshift({ system: 'https://example.test/hospital', value: '9990000018' }),
      'GPPROVIDER_9990142017_19560229_Testwell',
    ],
    [
      'an old number beside it',
      (p) => p.identifier.push({ ...p.identifier[0], use: 'old', value: '9990000018' }),
      'GPPROVIDER_9990142017_19560229_Testwell',
    ],
    [
      'the usual name where there is no official one',
      (p) =>
        (p.name = [
          { use: 'maiden', family: 'Before' },
          { use: 'usual', family: 'Now' },
        ]),
      'GPPROVIDER_9990142017_19560229_Now',
    ],
    [
      'the official name before the usual',
      (p) =>
        (p.name = [
          { use: 'usual', family: 'Called' },
          { use: 'official', family: 'Written' },
        ]),
      'GPPROVIDER_9990142017_19560229_Written',
    ],
    [
      'a name that has ended before the one that holds',
      (p) =>
        (p.name = [
          { use: 'official', family: 'Before', period: { end: '2010-05-01' } },
          { use: 'official', family: 'Since', period: { start: '2010-05-01' } },
        ]),
      'GPPROVIDER_9990142017_19560229_Since',
    ],
    ['a name of which no use is said', (p) => (p.name = [{ family: 'Plain' }]), 'GPPROVIDER_9990142017_19560229_Plain'],
    ['an apostrophe that bends', (p) => (p.name[0].family = 'O’Test'), "GPPROVIDER_9990142017_19560229_O'Test"],
    [
      'a name of two words, however apart',
      (p) => (p.name[0].family = ' van\u00a0 der\tTest–Well\u200b '),
      'GPPROVIDER_9990142017_19560229_van der Test-Well',
    ],
    [
      'a name as long as can be',
      (p) => (p.name[0].family = 'T'.repeat(69)),
      `GPPROVIDER_9990142017_19560229_${'T'.repeat(69)}`,
    ],
  ];
  for (const [what, change, to] of made) it(`knows ${what}`, () => assert.equal(withPatient(change).to, to));

  const lacking: [what: string, change: (patient: Loose) => void, why: RegExp][] = [
    ['no identifier', (p) => delete p.identifier, /has no NHS number/],
    ['a number of another system', (p) => (p.identifier[0].system = 'https://example.test'), /has no NHS number/],
    ['an old number only', (p) => (p.identifier[0].use = 'old'), /has no NHS number/],
    ['a number that is no text', (p) => (p.identifier[0].value = 9990142017), /has no NHS number/],
    [
      'two numbers',
      (p) => p.identifier.push({ ...p.identifier[0], value: '9990000018' }),
      /has more than one NHS number/,
    ],
    ['nine digits', (p) => (p.identifier[0].value = '999014201'), /not ten digits/],
    ['a wrong check digit', (p) => (p.identifier[0].value = '9990142018'), /check digit is wrong.*EPL-152/],
    ['no birth date', (p) => delete p.birthDate, /has no birthDate/],
    ['a year of birth', (p) => (p.birthDate = '1956'), /no whole date/],
    ['a month of birth', (p) => (p.birthDate = '1956-02'), /no whole date/],
    ['a day that never was', (p) => (p.birthDate = '1957-02-29'), /no whole date/],
    ['a birth date in another order', (p) => (p.birthDate = '29-02-1956'), /no whole date/],
    ['no name', (p) => delete p.name, /no official or usual name/],
    ['a former name only', (p) => (p.name[0].use = 'old'), /no official or usual name/],
    ['a nickname only', (p) => (p.name[0].use = 'nickname'), /no official or usual name/],
    ['a name without family', (p) => delete p.name[0].family, /without family name/],
    ['a family name of nothing', (p) => (p.name[0].family = ' \u200b '), /without family name/],
    ['an underscore in it', (p) => (p.name[0].family = 'Test_well'), /underscore/],
    ['a letter that no address carries', (p) => (p.name[0].family = 'Testwełł'), /a letter that no address carries/],
    ['a name beyond all measure', (p) => (p.name[0].family = 'T'.repeat(70)), /too long/],
  ];
  for (const [what, change, why] of lacking)
    it(`says what the Patient lacks who has ${what}`, () => {
      const { to, whyNot } = withPatient(change);
      assert.equal(to, undefined);
      assert.match(whyNot ?? '', why);
      assert.match(whyNot ?? '', /^The Patient .+ A mailbox id can be given instead\.$/);
      assert.doesNotMatch(whyNot ?? '', /Testwell|999|1956/i, 'without the patient');
    });

  it('goes without accents, which no header carries, and says so', () => {
    const { to, notes } = withPatient((p) => (p.name[0].family = 'Tëstweļl'));
    assert.equal(to, 'GPPROVIDER_9990142017_19560229_Testwell');
    assert.ok(notes.some(({ on, says }) => on === 'to' && /without its accents.*EPL-154/.test(says)));
    assert.ok(!address().notes.some(({ says }) => says.includes('accents')));
  });

  it('is not there where the document leads to no Patient', () => {
    for (const change of [
      (message: Loose) => delete find(message, 'Composition').subject,
      (message: Loose) => (find(message, 'Composition').subject.reference = 'urn:uuid:nobody'),
      (message: Loose) => delete find(message, 'MessageHeader').focus,
    ])
      assert.match(address(change).whyNot ?? '', /leads to no Patient.*mailbox id/);
  });

  it('is a value that a header takes', () => {
    const rule = TEXT_HEADERS.find(({ field }) => field === 'to');
    assert.ok((withPatient((p) => (p.name[0].family = 'T'.repeat(69))).to?.length ?? 0) <= (rule?.maximum ?? 0));
  });

  it('comes with a doubt where MESH does not name the workflow', () => {
    const doubt = address().notes.find(({ on }) => on === 'to');
    assert.match(doubt?.says ?? '', /does not name DIGMED_EMG_MED.*a report says so later/);
    assert.match(doubt?.source ?? '', /July 2024/);
  });
});

describe('an address given by hand', () => {
  const own = 'GPPROVIDER_9990142017_19560229_Testwell';
  const given: [to: string, doubts: RegExp[]][] = [
    ['X26SURGERY', []],
    [own, []],
    ['GPPROVIDER_9990142017_19560229_TESTWELL', []],
    ['GPPROVIDER_9990142018_19560229_Testwell', [/not one.*EPL-152/, /not that of the patient/]],
    ['GPPROVIDER_9990142017_29021956_Testwell', [/older pages.*ddMMyyyy/, /not that of the patient/]],
    ['GPPROVIDER_9990142017_19570229_Testwell', [/no date.*yyyyMMdd/, /not that of the patient/]],
    ['GPPROVIDER_9990142017_19560229_Other', [/not that of the patient/]],
  ];
  for (const [to, expected] of given)
    it(`${to} is ${expected.length === 0 ? 'not doubted' : 'doubted, and taken'}`, () => {
      const doubts = doubtsAbout(to, knowledge().envelope.practiceAddress, own);
      assert.equal(doubts.length, expected.length, doubts.join('\n'));
      for (const [i, doubt] of doubts.entries()) {
        assert.match(doubt, expected[i]!);
        assert.doesNotMatch(doubt, /Testwell|Other|\d{8}/);
      }
    });

  it('is compared with nothing where the message gives none', () =>
    assert.deepEqual(doubtsAbout(own, knowledge().envelope.practiceAddress), []));
});

describe('the workflow of a message', () => {
  const events: [event: string, workflow: string | undefined, routed: boolean][] = [
    ['ITK003D', 'TOC_FHIR_IP_DISCH', true],
    ['ITK004D', 'TOC_FHIR_MH_DISCH', true],
    ['ITK005D', 'TOC_FHIR_EC_DISCH', true],
    ['ITK006D', 'TOC_FHIR_OP_ATTEN', true],
    ['ITK007C', 'GPCONNECT_SEND_DOCUMENT', true],
    ['ITK009D', 'DIGMED_FLU_VAC', false],
    ['ITK010D', 'DIGMED_EMG_MED', true],
    ['ITK011M', undefined, false],
    ['ITK013D', 'DIGMED_MINOR_ILLNESS_PEM', false],
    ['ITK014M', 'GPCONNECT_UPDATE_RECORD', true],
    ['ITK999X', undefined, false],
  ];
  for (const [event, workflow, routed] of events)
    it(`of ${event} is ${workflow ?? 'not known'}${routed ? ', which MESH routes by the patient' : ''}`, () => {
      const found = address((message) => {
        const header = find(message, 'MessageHeader');
        header.event.code = event;
        header.extension[0].extension = [];
        if (event !== 'ITK010D') find(message, 'Composition').meta.profile = [];
      });
      assert.equal(found.workflowId, workflow);
      assert.equal(found.to !== undefined, routed);
      if (!routed) assert.match(found.whyNot ?? '', /Nothing published says.*mailbox id/);
    });

  it('says why it is not the one that the guide prints', () => {
    const note = address().notes.find(({ on }) => on === 'workflowId');
    assert.match(note?.says ?? '', /misspelt as DIGIMED_FLU_VAC/);
  });

  const answers: [workflow: string, answer: string][] = [
    ['DIGMED_EMG_MED', 'DIGMED_EMG_MED_ACK'],
    ['GPCONNECT_SEND_DOCUMENT', 'GPCONNECT_SEND_DOCUMENT_ACK'],
    ['SOME_OTHER', 'SOME_OTHER_ACK'],
    ['DIGMED_EMG_MED_ACK', 'DIGMED_EMG_MED_ACK'],
  ];
  for (const [workflow, answer] of answers)
    it(`${workflow} is answered under ${answer}`, () => assert.equal(acknowledgementOf(workflow, knowledge()), answer));
});

describe('the subject of a message', () => {
  const place = (message: Loose): Loose =>
    message.entry
      .find((entry: Loose) => entry.resource.type === 'document')
      .resource.entry.find(({ fullUrl }: Loose) => fullUrl === find(message, 'Composition').custodian.reference)
      .resource;
  const titled = (title: string) => (message: Loose) => (find(message, 'Composition').title = title);

  it('is worded as the guide has it', () => {
    const { subject, notes } = address(titled('Emergency supply'));
    const { name, identifier } = place(request());
    assert.equal(
      subject,
      `Emergency supply for Marmaduke Testwell, NHS Number: 9990142017, seen at ${name}, ODS code: ${identifier[0].value}, version 1`,
    );
    assert.match(notes.find(({ on }) => on === 'subject')?.says ?? '', /it is the pharmacy here/);
  });

  const worded: [what: string, change: (message: Loose) => void, subject: RegExp, says: RegExp][] = [
    ['no title', (m) => delete find(m, 'Composition').title, /^for Marmaduke/, /no value for payload-title/],
    ['no number', (m) => delete find(m, 'Patient').identifier, /Testwell, seen at/, /no value for nhs-number/],
    ['no custodian', (m) => delete find(m, 'Composition').custodian, /2017, ODS code: FZZ99,/, /practice-name/],
    ['a version', (m) => (find(m, 'Composition').meta.versionId = '3'), /, version 3$/, /pharmacy/],
    [
      'a replacement that does not count',
      (m) => (find(m, 'Composition').relatesTo = [{ code: 'replaces' }]),
      /, ODS code: \w+$/,
      /no value for version/,
    ],
    ['lines and tabs', titled('A\r\nB\tC\u0000D'), /^A B C D for/, /pharmacy/],
    ['letters of Latin-1', titled('Café'), /^Café for/, /pharmacy/],
    ['letters beyond', titled('Nǎme “日本”'), /^Name \?\?\?\? for/, /written another way/],
    ['a web address', titled('See https://example.test'), /^See example\.test for/, /pharmacy/],
  ];
  for (const [what, change, subject, says] of worded)
    it(`copes with ${what}`, () => {
      const found = address(change);
      assert.match(found.subject ?? '', subject);
      assert.ok(
        found.notes.some(({ on, says: said }) => on === 'subject' && says.test(said)),
        JSON.stringify(found.notes),
      );
    });

  it('is no longer than MESH takes, and says so', () => {
    const found = address(titled('x'.repeat(2000)));
    assert.equal(found.subject?.length, TEXT_HEADERS.find(({ field }) => field === 'subject')?.maximum);
    assert.ok(found.subject?.endsWith('...'));
    assert.ok(found.notes.some(({ says }) => says.includes('500 characters')));
  });

  it('is none where no guide words one', () => {
    const found = address((message) => {
      find(message, 'MessageHeader').event.code = 'ITK011M';
      find(message, 'MessageHeader').extension[0].extension = [];
      find(message, 'Composition').meta.profile = [];
    });
    assert.equal(found.subject, undefined);
  });

  it('has placeholders that are all known here', () => {
    const { useCases, envelope } = knowledge();
    const segments = [...useCases, ...envelope.events].flatMap(({ addressing }) => addressing?.subject?.segments ?? []);
    assert.ok(segments.length > 0);
    for (const segment of segments)
      assert.match(
        segment,
        /^[^[\]]*(\[(payload-title|patient-name|nhs-number|practice-name|ods-code|version)\])?[^[\]]*$/,
      );
  });
});

const OWN = /^0{8}-0000-4000-8000-\d{12}$/;

describe('the local id and the file name of a message', () => {
  it('are the ODS code of the sender, and a name of its own for every send', () => {
    const [one, other] = [address(), address()];
    assert.equal(one.localId, 'FZZ99');
    assert.match(one.fileName, /^[0-9a-f-]{36}$/);
    assert.notEqual(one.fileName, other.fileName);
    assert.match(one.notes.find(({ on }) => on === 'localId')?.says ?? '', /same in every message/);
  });

  const without: [what: string, change: (message: Loose) => void][] = [
    ['no sender', (m) => delete find(m, 'MessageHeader').sender],
    ['a sender without code', (m) => delete find(m, 'Organization').identifier],
    ['a patient in its place', (m) => (find(m, 'Organization').identifier[0].value = 'Marmaduke Testwell')],
  ];
  for (const [what, change] of without)
    it(`the local id is of this send alone with ${what}`, () => {
      const { localId, notes } = address(change);
      assert.match(localId, OWN);
      assert.ok(notes.some(({ on, says }) => on === 'localId' && says.endsWith('the message gives none.')));
    });

  it('are of this send alone where no guide asks for more, so that MESH finds it when an answer is lost', () => {
    const { localId, fileName, notes } = address((message) => {
      find(message, 'MessageHeader').event.code = 'ITK003D';
      find(message, 'MessageHeader').extension[0].extension = [];
      find(message, 'Composition').meta.profile = [];
    });
    assert.match(localId, OWN);
    assert.equal(fileName, localId);
    assert.ok(!notes.some(({ on }) => on === 'localId'));
  });
});

describe('an acknowledgement', () => {
  const responder = { odsCode: 'FZZ98', mailbox: 'X26SURGERY' };
  function reply(answered?: Answered): Addressed {
    const value = writeReply(read(request()), { code: '20013' }, responder, knowledge(), { now, randomUUID });
    return addressOf(read(value), knowledge(), { randomUUID, answered });
  }

  const known: [what: string, answered: () => Answered, to: string, workflow: string][] = [
    [
      'where the message came from',
      () => ({ message: read(request()), from: 'X26OTHER', workflowId: 'DIGMED_EMG_MED' }),
      'X26OTHER',
      'DIGMED_EMG_MED_ACK',
    ],
    [
      'to the mailbox that the message names',
      () => ({ message: read(request()) }),
      'X26PHARMACY',
      'DIGMED_EMG_MED_ACK',
    ],
    ['under the workflow it came under', () => ({ from: 'x26other', workflowId: 'W' }), 'X26OTHER', 'W_ACK'],
    [
      'never to a patient’s address',
      () => ({ from: 'GPPROVIDER_9990142017_19560229_Testwell', message: read(request()) }),
      'X26PHARMACY',
      'DIGMED_EMG_MED_ACK',
    ],
  ];
  for (const [what, answered, to, workflow] of known)
    it(`goes back ${what}`, () => {
      const found = reply(answered());
      assert.deepEqual([found.to, found.workflowId], [to, workflow]);
      assert.match(found.localId, OWN, 'no guide asks for more of an answer');
      assert.equal(found.subject, undefined);
    });

  it('has no address where the message is not known', () => {
    const { to, whyNot, workflowId } = reply();
    assert.deepEqual([to, workflowId], [undefined, undefined]);
    assert.match(whyNot ?? '', /is not known here: give its id/);
  });
});

describe('addressing', () => {
  it('never fails, whatever a message holds', () => {
    const odd: unknown[] = [undefined, null, 0, '', [], {}, [null], [{}], [[]], '\ud800'];
    for (const type of ['MessageHeader', 'Organization', 'Composition', 'Patient', 'Bundle'])
      for (const property of Object.keys(find(request(), type) as object))
        for (const value of odd) {
          if (property === 'resourceType') continue;
          const found = address((message) => (find(message, type)[property] = value));
          assert.match(found.fileName, /^[0-9a-f-]+$/);
        }
  });

  it('never says who the patient is in a note', () => {
    for (const { says } of address().notes) assert.doesNotMatch(says, /Testwell|Marmaduke|999|1956/);
  });

  it('is of numbers that the tests may use', () => assert.equal(checkDigit('999014201'), 7));
});

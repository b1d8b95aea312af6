// The practice's answers to what a pharmacy may send, as ITK3 2.10.0 asks for them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readDocument, readValue } from '../../core/document/read-document';
import { writeXml } from '../../core/document/write-xml';
import { readResponse } from '../../core/itk3/response';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import type { GpSystem, ReceivedMessage, Reply, Tell } from '../../mesh/sandbox/receiver-contract';
import { createPractice } from '../../mesh/sandbox/receiver';
import type { Scenario } from '../../mesh/sandbox/scenario';
import { findScenario, SCENARIOS } from '../../mesh/sandbox/scenarios';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

const fresh = { now: new Date('2026-01-31T09:30:00Z'), randomUUID, random: () => 0 };
const message = (): Loose => draftMessage('emergency-supply', { knowledge: knowledge(), fresh });
const practice = (): GpSystem => createPractice(knowledge(), { odsCode: 'ZZZ99' });

interface Asking {
  scenario?: Scenario;
  outside?: Partial<ReceivedMessage>;
  tell?: Tell;
}

async function ask(receiver: GpSystem, body: unknown, { scenario, outside, tell }: Asking = {}): Promise<Reply[]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const envelope = { messageId: 'M1', from: 'X26PHARMACY', to: 'X26SURGERY', workflowId: 'DIGMED_EMG_MED' };
  const contentType = 'application/fhir+json';
  const received = { ...envelope, fileName: 'M1.dat', contentType, body: Buffer.from(text), ...outside };
  return receiver.receive(received, scenario, tell);
}

const codesOf = (replies: Reply[]): (string | undefined)[] =>
  replies.map((reply) => readResponse(readValue(reply.body.toString(), knowledge().registry), knowledge())?.code);

const codes = async (receiver: GpSystem, body: unknown, asking?: Asking): Promise<(string | undefined)[]> =>
  codesOf(await ask(receiver, body, asking));

async function told(receiver: GpSystem, body: unknown, asking?: Asking) {
  const said: string[] = [];
  const replies = await ask(receiver, body, { ...asking, tell: (sentence) => said.push(sentence) });
  return { codes: codesOf(replies), told: said };
}

const flag = (m: Loose, url: string): Loose =>
  m.entry[0].resource.extension[0].extension.find((e: Loose) => e.url === url);

describe('the practice', () => {
  it('refuses what is too large to be read as a whole, and says which message it was', async () => {
    const sent = message();
    const beginning = JSON.stringify(sent).slice(0, -100);
    const replies = await ask(practice(), beginning, { outside: { isCut: true } });
    assert.deepEqual(codesOf(replies), ['20015']);
    const answer = readResponse(JSON.parse(replies[0]!.body.toString()), knowledge());
    assert.equal(answer?.answers, sent.entry[0].resource.id);
    flag(sent, 'InfAckRequested').valueBoolean = false;
    const unasked = JSON.stringify(sent).slice(0, -100);
    assert.deepEqual(await codes(practice(), unasked, { outside: { isCut: true } }), []);
  });

  it('accepts and then files a good message', async () => {
    const sent = message();
    const replies = await ask(practice(), JSON.stringify(sent));
    assert.deepEqual(
      replies.map((r) => [r.to, r.workflowId]),
      [
        ['X26PHARMACY', 'DIGMED_EMG_MED_ACK'],
        ['X26PHARMACY', 'DIGMED_EMG_MED_ACK'],
      ],
    );
    for (const reply of replies) {
      const value: unknown = JSON.parse(reply.body.toString());
      assert.deepEqual(validate(value, knowledge()).findings, []);
      assert.equal(readResponse(value, knowledge())!.answers, sent.entry[0].resource.id);
    }
    assert.deepEqual(await codes(practice(), message()), ['20013', '30001']);
  });

  it('refuses acknowledgements that are not asked for as the guide wants, unless none is asked for', async () => {
    const quiet = message();
    flag(quiet, 'BusAckRequested').valueBoolean = false;
    assert.deepEqual(await codes(practice(), quiet), ['10008']);
    flag(quiet, 'InfAckRequested').valueBoolean = false;
    assert.deepEqual(await codes(practice(), quiet), []);
    const broken = message();
    flag(broken, 'InfAckRequested').valueBoolean = false;
    delete broken.entry[2].resource.entry[0].resource.status;
    assert.deepEqual(await codes(practice(), broken), []);
  });

  it('always answers what it cannot read', async () => {
    for (const body of [
      '',
      '<Bundle xmlns="http://hl7.org/fhir"/>',
      '{',
      '{}',
      '{"resourceType":"Bundle","type":"message"}',
    ])
      assert.deepEqual(await codes(practice(), body), ['10009'], body);
  });

  it('says of what it cannot read in which line it is broken, and nothing of what stands there', async () => {
    const torn = JSON.stringify(message(), null, 2).slice(0, 3000);
    const [reply] = await ask(practice(), `${torn} Testwell`);
    const answer = readResponse(readValue(reply!.body.toString(), knowledge().registry), knowledge());
    const line = torn.split('\n').length;
    assert.match(
      answer?.diagnostics ?? '',
      new RegExp(`^The message cannot be read .* JSON is broken in line ${line}\\.$`),
    );
    assert.doesNotMatch(reply!.body.toString(), /Testwell/);
  });

  describe('asked in XML', () => {
    const inXml = (value: unknown): string => writeXml(value, knowledge().registry).text;

    it('answers in XML, and says that it is', async () => {
      const sent = message();
      const replies = await ask(practice(), inXml(sent), { outside: { contentType: 'application/octet-stream' } });
      assert.deepEqual(codesOf(replies), ['20013', '30001']);
      for (const { contentType, body } of replies) {
        assert.equal(contentType, 'application/fhir+xml');
        const document = readDocument(body.toString(), knowledge().registry);
        assert.deepEqual([document.format, document.problems], ['xml', []]);
        assert.deepEqual(validate(document.value, knowledge()).findings, []);
        assert.equal(readResponse(document.value, knowledge())?.answers, sent.entry[0].resource.id);
      }
    });

    it('judges as it does in JSON, and the XML itself too', async () => {
      const wrong = message();
      wrong.entry[2].resource.entry.map((e: Loose) => e.resource).find((r: Loose) => r.birthDate).gender = 'mail';
      assert.deepEqual(await codes(practice(), inXml(wrong)), ['20009']);
      const disordered = inXml(message()).replace(/(\s*<gender [^>]*>)(\s*<birthDate [^>]*>)/, '$2$1');
      assert.deepEqual(await codes(practice(), disordered), ['20009']);
      const torn = await ask(practice(), inXml(message()).slice(0, 3000));
      assert.deepEqual(codesOf(torn), ['10009']);
      assert.equal(torn[0]?.contentType, 'application/fhir+xml');
    });

    it('reads it in its own encoding', async () => {
      const text = inXml(message());
      const utf16 = Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le');
      const replies = await ask(practice(), '', { outside: { body: utf16 } });
      assert.deepEqual(codesOf(replies), ['20013', '30001']);
    });

    it('knows a duplicate, an acknowledgement and a scenario whichever form they come in', async () => {
      const receiver = practice();
      const sent = message();
      const [reply] = await ask(receiver, JSON.stringify(sent));
      assert.deepEqual(await codes(receiver, inXml(sent)), ['20007']);
      const answer: unknown = JSON.parse(reply!.body.toString());
      assert.deepEqual(await codes(receiver, inXml(answer)), []);
      flag(sent, 'SenderReference').valueString = 'sandbox:silence';
      assert.equal(receiver.scenarioOf(Buffer.from(inXml(sent))), 'silence');
    });

    it('spoils its answer in the same form', async () => {
      const [reply] = await ask(practice(), inXml(message()), {
        scenario: findScenario('unreadable-answer', SCENARIOS)!,
      });
      const { format, problems } = readDocument(reply!.body.toString(), knowledge().registry);
      assert.equal(format, 'xml');
      assert.ok(problems.some(({ isWhole }) => !isWhole));
      const dumb = await ask(practice(), inXml(message()), {
        scenario: findScenario('answer-without-response', SCENARIOS)!,
      });
      assert.doesNotMatch(dumb[0]!.body.toString(), /<response>/);
      assert.equal(readDocument(dumb[0]!.body.toString(), knowledge().registry).format, 'xml');
    });
  });

  it('answers in JSON what tells nothing of a form but by its content type', async () => {
    const formOf = async (contentType: string): Promise<string | undefined> =>
      (await ask(practice(), '', { outside: { contentType } }))[0]?.contentType;
    assert.equal(await formOf('application/fhir+json'), 'application/fhir+json');
    assert.equal(await formOf('application/octet-stream'), 'application/fhir+xml');
  });

  it('refuses a handling specification that is missing or wrong, with the code of the key', async () => {
    const change = (key: string, to: (extension: Loose) => void) => () => {
      const wrong = message();
      to(flag(wrong, key));
      return wrong;
    };
    const without = (key: string) => () => {
      const wrong = message();
      const { extension } = wrong.entry[0].resource.extension[0];
      extension.splice(extension.indexOf(flag(wrong, key)), 1);
      return wrong;
    };
    const definition = 'https://fhir.nhs.uk/STU3/MessageDefinition/';
    const cases: [what: string, make: () => Loose, code: string][] = [
      [
        'none at all',
        () => {
          const wrong = message();
          delete wrong.entry[0].resource.extension;
          return wrong;
        },
        '10001',
      ],
      ['no InfAckRequested', without('InfAckRequested'), '10001'],
      ['no BusAckRequested', without('BusAckRequested'), '10001'],
      ['no SenderReference', without('SenderReference'), '10001'],
      ['no LocalExtension', without('LocalExtension'), '10001'],
      [
        'InfAckRequested in words',
        change('InfAckRequested', (e) => {
          delete e.valueBoolean;
          e.valueString = 'true';
        }),
        '10002',
      ],
      ['InfAckRequested in quotation marks', change('InfAckRequested', (e) => (e.valueBoolean = 'yes')), '10002'],
      ['BusAckRequested in quotation marks', change('BusAckRequested', (e) => (e.valueBoolean = 'false')), '10003'],
      ['a recipient type of its own', change('RecipientType', (e) => (e.valueCoding.code = 'FX')), '10010'],
      [
        'the definition of something else',
        change('MessageDefinition', (e) => (e.valueReference.reference = `${definition}Other-1`)),
        '10004',
      ],
      [
        'the definition of a later version',
        change(
          'MessageDefinition',
          (e) => (e.valueReference.reference = `${definition}ITK-DM-EmergencySupply-MessageDefinition-2`),
        ),
        '10005',
      ],
      ['a reference of hyphens', change('SenderReference', (e) => (e.valueString = '--')), '10007'],
      ['no business acknowledgement', change('BusAckRequested', (e) => (e.valueBoolean = false)), '10008'],
    ];
    for (const [what, make, code] of cases) assert.deepEqual(await codes(practice(), make()), [code], what);
  });

  it('always tells when the flags cannot be read, and otherwise tells nobody who does not want to know', async () => {
    const wrong = message();
    flag(wrong, 'InfAckRequested').valueBoolean = false;
    flag(wrong, 'BusAckRequested').valueBoolean = 'yes';
    assert.deepEqual(await told(practice(), wrong), { codes: ['10003'], told: ['answered with 10003'] });
    flag(wrong, 'InfAckRequested').valueBoolean = 'no';
    assert.deepEqual((await told(practice(), wrong)).codes, ['10002']);
    flag(wrong, 'InfAckRequested').valueBoolean = false;
    flag(wrong, 'BusAckRequested').valueBoolean = true;
    assert.deepEqual(await told(practice(), wrong), {
      codes: [],
      told: ['not answered with 10008: the message asks for no infrastructure acknowledgement'],
    });
  });

  it('answers those who want a business acknowledgement only with that, where the kind of message allows it', async () => {
    const { useCases } = knowledge();
    const lenient = useCases.map((useCase) => ({ ...useCase, header: { ...useCase.header, handling: [] } }));
    const receiver = createPractice({ ...knowledge(), useCases: lenient }, { odsCode: 'ZZZ99' });
    const sent = message();
    flag(sent, 'InfAckRequested').valueBoolean = false;
    assert.deepEqual(await told(receiver, sent), {
      codes: ['30001'],
      told: ['answered with 30001', 'not answered with 20013: the message asks for no infrastructure acknowledgement'],
    });
  });

  it('refuses a wrong header', async () => {
    const wrong = message();
    delete wrong.entry[0].resource.timestamp;
    assert.deepEqual(await codes(practice(), wrong), ['20006']);
  });

  it('refuses a kind of message that it does not take', async () => {
    const other = message();
    other.entry[0].resource.event.code = 'ITK009D';
    other.entry[0].resource.event.display = 'ITK Digital Medicine Immunization Document';
    assert.deepEqual(await codes(practice(), other), ['10004']);
  });

  it('refuses a wrong payload, without a word about the patient', async () => {
    const wrong = message();
    const patient = wrong.entry[2].resource.entry.map((e: Loose) => e.resource).find((r: Loose) => r.birthDate);
    patient.birthDate = '1956-02-30';
    patient.gender = 'Testwell';
    const [reply, ...more] = await ask(practice(), JSON.stringify(wrong));
    assert.equal(more.length, 0);
    const text = reply!.body.toString();
    const read = readResponse(JSON.parse(text), knowledge())!;
    assert.equal(read.code, '20009');
    assert.match(read.diagnostics!, /2 errors, the first is "(binding|primitive-form)" at Bundle\.entry\[2\]/);
    const ofThePatient = [String(patient.identifier[0].value), '1956-02', 'Testwell', 'Marmaduke'];
    for (const word of ofThePatient) assert.ok(!text.includes(word));
  });

  it('knows a message and a document that it has accepted before', async () => {
    const receiver = practice();
    const sent = message();
    assert.deepEqual(await codes(receiver, sent), ['20013', '30001']);
    assert.deepEqual(await codes(receiver, sent), ['20007']);
    const again = structuredClone(sent);
    const header = randomUUID();
    again.entry[0].fullUrl = `urn:uuid:${header}`;
    again.entry[0].resource.id = header;
    assert.deepEqual(await codes(receiver, again), ['20008']);
  });

  it('takes a message again that it refused before', async () => {
    const receiver = practice();
    const sent = message();
    const wrong = structuredClone(sent);
    delete wrong.entry[2].resource.entry[0].resource.status;
    assert.deepEqual(await codes(receiver, wrong), ['20009']);
    assert.deepEqual(await codes(receiver, sent), ['20013', '30001']);
  });

  it('does not answer an acknowledgement', async () => {
    const [reply] = await ask(practice(), JSON.stringify(message()));
    assert.deepEqual(await codes(practice(), reply!.body.toString()), []);
  });

  it('answers no acknowledgement, not even a broken one, nor what it cannot read on their workflow', async () => {
    const acknowledgement = JSON.parse((await ask(practice(), message()))[0]!.body.toString());
    acknowledgement.entry[0].resource.event.code = 'ITK010D';
    assert.deepEqual(await told(practice(), acknowledgement), {
      codes: [],
      told: ['not answered: it is an acknowledgement itself'],
    });
    assert.deepEqual(await codes(practice(), '{', { outside: { workflowId: 'DIGMED_EMG_MED_ACK' } }), []);
    assert.deepEqual(
      await codes(practice(), acknowledgement, { scenario: findScenario('out-of-order', SCENARIOS) }),
      [],
    );
  });

  it('answers a message under the acknowledgement workflow, and with labels by which it can be known', async () => {
    const labels = async (outside: Partial<ReceivedMessage>) =>
      (await ask(practice(), message(), { outside })).map((r) => [r.workflowId, r.localId, r.subject]);
    assert.deepEqual(await labels({ localId: 'A20047' }), [
      ['DIGMED_EMG_MED_ACK', 'infAck-A20047', 'Infrastructure acknowledgement 20013'],
      ['DIGMED_EMG_MED_ACK', 'busAck-A20047', 'Business acknowledgement 30001'],
    ]);
    const [first] = await labels({ workflowId: 'OTHER', localId: 'x'.repeat(294) });
    assert.deepEqual(first, ['OTHER_ACK', undefined, 'Infrastructure acknowledgement 20013']);
    const [again] = await labels({ workflowId: 'OTHER_ACK' });
    assert.deepEqual(again, ['OTHER_ACK', undefined, 'Infrastructure acknowledgement 20013']);
  });

  it('repeats the reference and the id of the message, but nothing that cannot be repeated', async () => {
    const answerTo = async (change: (m: Loose) => void) => {
      const sent = message();
      change(sent);
      const [reply] = await ask(practice(), sent);
      const value: unknown = JSON.parse(reply!.body.toString());
      const { findings } = validate(value, knowledge());
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'error'),
        [],
      );
      const { code, answers, senderReference } = readResponse(value, knowledge())!;
      return [code, answers === sent.entry[0].resource.id ? 'its id' : answers, senderReference];
    };
    const reference = (text: string) => (m: Loose) => (flag(m, 'SenderReference').valueString = text);
    assert.deepEqual(await answerTo(reference('Order 66')), ['20013', 'its id', 'Order 66']);
    assert.deepEqual(await answerTo(reference('--')), ['10007', 'its id', 'None']);
    assert.deepEqual(await answerTo(reference('x'.repeat(256))), ['10007', 'its id', 'None']);
    const nameless = await answerTo((m) => (m.entry[0].resource.id = 'not an id'));
    assert.deepEqual(nameless.slice(0, 2), ['20006', 'UNREADABLE-IN-ORIGINAL-MESSAGE']);
  });

  it('refuses what is for another organisation', async () => {
    const sent = message();
    const organisation = structuredClone(sent.entry.find((e: Loose) => e.resource.resourceType === 'Organization'));
    organisation.resource.id = randomUUID();
    organisation.fullUrl = `urn:uuid:${organisation.resource.id}`;
    organisation.resource.identifier[0].value = 'A20047';
    sent.entry.splice(2, 0, organisation);
    sent.entry[0].resource.receiver = { reference: organisation.fullUrl };
    const [code] = await codes(practice(), sent);
    assert.equal(code, '20002');
    const here = createPractice(knowledge(), { odsCode: 'A20047' });
    assert.deepEqual(await codes(here, sent), ['20013', '30001']);
  });

  it('looks at the header before it looks for a duplicate, and at the payload after that', async () => {
    const receiver = practice();
    const sent = message();
    await ask(receiver, sent);
    const payload = structuredClone(sent);
    delete payload.entry[2].resource.entry[0].resource.status;
    assert.deepEqual(await codes(receiver, payload), ['20007']);
    const header = structuredClone(sent);
    delete header.entry[0].resource.timestamp;
    assert.deepEqual(await codes(receiver, header), ['20006']);
  });

  it('reads a message that has a name twice, and says where', async () => {
    const text = JSON.stringify(message()).replace('"status":', '"status":"final","status":');
    assert.deepEqual(await codes(practice(), text), ['20009']);
  });

  it('takes no message beyond 5 MB', async () => {
    const text = JSON.stringify(message()) + ' '.repeat(5 * 1024 * 1024);
    assert.deepEqual(await codes(practice(), text), ['20015']);
  });

  describe('playing a scenario', () => {
    it('knows every response code as one: a business answer after 20013, any other alone', async function () {
      this.timeout(10_000); // There are 49 of them.
      const { scenarios = [] } = practice();
      assert.deepEqual(
        scenarios.map(({ name }) => name),
        knowledge().responseCodes.map(({ code }) => code),
      );
      const sent = message();
      for (const scenario of scenarios) {
        const { name } = scenario;
        const expected = name.startsWith('3') ? ['20013', name] : [name];
        const replies = await ask(practice(), sent, { scenario });
        assert.deepEqual(codesOf(replies), expected, name);
        for (const reply of replies) {
          const value: unknown = JSON.parse(reply.body.toString());
          const errors = validate(value, knowledge()).findings.filter(({ severity }) => severity === 'error');
          assert.deepEqual(errors, [], name);
          assert.match(readResponse(value, knowledge())!.diagnostics!, new RegExp(`plays the scenario "${name}"`));
        }
      }
    });

    it('does not judge the message, but sends nothing that it does not ask for', async () => {
      const scenario = findScenario('30003', practice().scenarios!)!;
      const wrong = message();
      delete wrong.entry[0].resource.timestamp;
      assert.deepEqual(await codes(practice(), wrong, { scenario }), ['20013', '30003']);
      flag(wrong, 'BusAckRequested').valueBoolean = false;
      assert.deepEqual(await told(practice(), wrong, { scenario }), {
        codes: ['20013'],
        told: [
          'answered with 20013 (scenario 30003)',
          'not answered with 30003 (scenario 30003): the message asks for no business acknowledgement',
        ],
      });
    });

    it('still says that it cannot read what nobody can, unless it keeps silent', async () => {
      const [busy, silence] = ['out-of-order', 'silence'].map((name) => findScenario(name, SCENARIOS)!);
      assert.deepEqual(await codes(practice(), '{', { scenario: busy }), ['10009']);
      assert.deepEqual(await told(practice(), '{', { scenario: silence }), {
        codes: [],
        told: ['not answered: scenario silence'],
      });
    });

    it('does not call a message a duplicate that it was told to refuse', async () => {
      const receiver = practice();
      const sent = message();
      const refuse = { scenario: findScenario('20012', receiver.scenarios!)! };
      assert.deepEqual(await codes(receiver, sent, refuse), ['20012']);
      assert.deepEqual(await codes(receiver, sent, refuse), ['20012']);
      assert.deepEqual(await codes(receiver, sent), ['20013', '30001']);
      assert.deepEqual(await codes(receiver, sent), ['20007']);
    });

    it('sends what is broken in the way it was told to', async () => {
      const bodyOf = async (name: string) => {
        const replies = await ask(practice(), message(), { scenario: findScenario(name, SCENARIOS)! });
        return replies[0]!.body.toString();
      };
      const broken = await bodyOf('unreadable-answer');
      assert.throws(() => JSON.parse(broken) as unknown, SyntaxError);
      const dumb = JSON.parse(await bodyOf('answer-without-response'));
      assert.equal(dumb.entry[0].resource.response, undefined);
      const sent = message();
      const stray = await ask(practice(), sent, { scenario: findScenario('stray-answer', SCENARIOS)! });
      const { answers } = readResponse(JSON.parse(stray[0]!.body.toString()), knowledge())!;
      assert.match(answers!, /^[0-9a-f-]{36}$/);
      assert.notEqual(answers, sent.entry[0].resource.id);
    });
  });

  it('reads from the SenderReference which scenario a message asks for', () => {
    const named = (reference: string) => {
      const sent = message();
      flag(sent, 'SenderReference').valueString = reference;
      return practice().scenarioOf(Buffer.from(JSON.stringify(sent)));
    };
    assert.equal(named('sandbox:silence'), 'silence');
    assert.equal(named(' sandbox: 30003 '), '30003');
    assert.equal(named('sandbox:'), '');
    assert.equal(named('a sandbox:silence'), undefined);
    assert.equal(practice().scenarioOf(Buffer.from('sandbox:silence')), undefined);
    const elsewhere = message();
    elsewhere.entry[2].resource.entry[0].resource.title = 'sandbox:silence';
    assert.equal(practice().scenarioOf(Buffer.from(JSON.stringify(elsewhere))), undefined);
  });
});

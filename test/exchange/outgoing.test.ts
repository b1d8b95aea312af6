import assert from 'node:assert/strict';
import { acknowledgementsAsked, countFindings, errorsIn, readOutgoing, withPublished } from '../../exchange/outgoing';
import { writeXml } from '../../core/document/write-xml';
import { doubtsAboutPatient } from '../../exchange/guards';
import type { Severity } from '../../core/finding';
import { checkDigit } from '../../core/nhs/nhs-number';
import type { PlacedFinding } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import { draft as text, read } from './departing';

const NOW = new Date('2026-01-31T09:30:00Z');

describe('a message about to be sent', () => {
  it('tells what it is and what it asks for', () => {
    const outgoing = read(text());
    assert.equal(outgoing.message.root.type, 'Bundle');
    assert.equal(acknowledgementsAsked(outgoing.handling), 'infrastructure and business');
    assert.equal(outgoing.messageId, /"MessageHeader",\s*"id": "([^"]+)"/.exec(outgoing.text)?.[1]);
    assert.deepEqual(errorsIn(outgoing.findings), []);
    assert.equal(outgoing.realNhsNumbers, 0);
  });

  for (const [what, other] of [
    ['another JSON', '{ "name": "itk3-toolkit" }'],
    ['a resource that is no message', '{ "resourceType": "Patient" }'],
    ['nothing', ''],
    ['no JSON', 'MSH|^~\\&|'],
  ] as const)
    it(`is not ${what}`, () => assert.equal(readOutgoing(other, knowledge(), { now: NOW }), undefined));

  it('may stop in the middle: receivers must be tested with that too', () => {
    const outgoing = read(text().slice(0, 3000));
    assert.ok(errorsIn(outgoing.findings).length > 0);
  });

  it('follows the severities of the settings', () => {
    const wrong = text().replace('"gender": "male"', '"gender": "mail"');
    assert.equal(errorsIn(read(wrong).findings).length, 1);
    const lenient = readOutgoing(wrong, knowledge(), { now: NOW, severities: { binding: 'off' } });
    assert.deepEqual(
      lenient?.findings.filter((f) => f.severity !== 'hint'),
      [],
    );
  });

  it('follows the exceptions beside it, and counts them', () => {
    const wrong = text().replace('"gender": "male"', '"gender": "mail"');
    const exceptions = '{ "exceptions": [{ "rule": "binding", "path": "Patient.gender", "reason": "a test" }] }';
    const { findings, excepted } = readOutgoing(wrong, knowledge(), { now: NOW, exceptions })!;
    assert.deepEqual([errorsIn(findings), excepted], [[], 1]);
    assert.equal(errorsIn(readOutgoing(wrong, knowledge(), { now: NOW, exceptions: '' })!.findings).length, 1);
  });
});

describe('what the list of problems says of codes', () => {
  const outgoing = () => read(text().replace('"gender": "male"', '"gender": "mail"'));
  const listed = ({ findings }: ReturnType<typeof read>) =>
    findings.map(({ rule, severity, message, span }) => ({ rule, severity, message, ...span }));
  const said = { rule: 'code-unknown', severity: 'error', message: 'No such code.', offset: 9, length: 2 } as const;

  it('is added to what was found here, in the order of the text', () => {
    const own = outgoing();
    const judged = withPublished(own, [...listed(own), said]);
    assert.deepEqual(
      errorsIn(judged?.findings ?? []).map(({ rule }) => rule),
      ['code-unknown', 'binding'],
    );
  });

  it('takes away that codes were not checked', () => {
    const own = outgoing();
    const [unchecked] = own.findings.filter(({ rule }) => rule === 'not-checked');
    assert.ok(unchecked);
    const checked = listed(own).filter(({ rule }) => rule !== 'not-checked');
    assert.ok(!withPublished(own, checked)?.findings.includes(unchecked));
  });

  it('is not taken while the list is that of another text', () =>
    assert.equal(withPublished(outgoing(), []), undefined));
});

describe('people who are not of the synthetic set', () => {
  const strangers = (message: string): string[] => read(message).strangers;
  const patient = '"resourceType": "Patient",';

  it('are none in a new message, whole or broken off', () => {
    for (let n = 0; n < 5; n++) assert.deepEqual(strangers(text()), []);
    assert.deepEqual(strangers(text().slice(0, 9000)), []);
  });

  it('are found by name, address, and those they are related to', () => {
    const found = (more: string): string[] => strangers(text().replace(patient, `${patient} ${more},`));
    const place = /^The \S+ of the .* in line \d+ is none of the synthetic set\.$/;
    for (const more of [
      '"contact": [{ "name": { "family": "Realname" } }]',
      '"contained": [{ "resourceType": "RelatedPerson", "address": [{ "city": "Leeds" }] }]',
    ]) {
      const [only, ...others] = found(more);
      assert.match(only ?? '', place);
      assert.deepEqual(others, []);
      assert.doesNotMatch(only ?? '', /Realname|Leeds/);
    }
  });

  it('are found in broken JSON, and in what stands twice', () => {
    const broken = 'The JSON is broken, and somebody is named in it who is not of the synthetic set.';
    assert.deepEqual(strangers(`${text()} "family": "Realname"`), [broken]);
    assert.deepEqual(strangers(text().replace('"family": ', '"family": "Realname", "family": ')), [broken]);
  });
});

describe('NHS numbers outside the test range', () => {
  // Valid by modulus 11, and of the range that was never given to anybody.
  const real = '0000000000';

  it('are found in identifiers, whatever their check digit', () => {
    const message = text();
    const number = /"(999\d{7})"/.exec(message)?.[1] ?? '';
    assert.equal(read(message.replaceAll(number, real)).realNhsNumbers, 1);
    assert.equal(read(message.replaceAll(number, '0000000001')).realNhsNumbers, 1);
  });

  // Beginning as no number that was given to anybody does.
  const digits = `000123456${String(checkDigit('000123456'))}`;
  const [first, second, third] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  for (const written of [
    digits,
    `NHS${digits}`,
    `NHS no. 1: ${first} ${second} ${third}`,
    `${first}-${second}-${third}`,
    `${first}\u00a0${second}\u00a0${third}`,
    `${first}\\u00a0${second}&#160;${third}`,
    `\\u0030${digits.slice(1)}`,
  ])
    it(`are found in narrative written ${JSON.stringify(written)}`, () =>
      assert.equal(read(text().replace('</table>', `</table>${written}`)).realNhsNumbers, 1));

  it('are found in identifiers of other systems, as numbers, and in properties written twice', () => {
    const message = text();
    const patient = '"resourceType": "Patient",';
    const countWith = (more: string): number => read(message.replace(patient, `${patient} ${more},`)).realNhsNumbers;
    assert.equal(countWith('"x": { "system": "http://fhir.nhs.net/Id/nhs-number", "value": "0001234560" }'), 1);
    assert.equal(countWith('"x": { "system": "https://fhir.nhs.uk/Id/nhs-number", "value": 4000000000 }'), 1);
    assert.equal(countWith(`"x": "${digits}", "x": "other"`), 1);
    assert.equal(countWith(`"x": "${digits}", "y": "${first} ${second} ${third}"`), 1, 'the same number');
  });

  it('are found in a message that stops in the middle', () => {
    const message = text().slice(0, 3000);
    assert.equal(read(`${message} ${digits}`).realNhsNumbers, 1);
  });

  it('are found in the address', () => {
    const outgoing = read(text());
    const doubts = (to: string): number => doubtsAboutPatient({ outgoing, to }).length;
    assert.equal(doubts(`GPPROVIDER_${real}_19560229_Testwell`), 1);
    assert.equal(doubts('GPPROVIDER_9990142017_19560229_Testwell'), 0);
    assert.equal(doubts('X26SURGERY'), 0);
  });

  for (const other of [
    '0113 496 0001 and 3442311000001102',
    `0${digits} and +44 ${first} ${second} ${third}`,
    `00000000-0000-4000-8000-00${digits}`,
    `00000000-0000-4000-8000-ff${digits}`,
  ])
    it(`are not seen in ${other}`, () =>
      assert.equal(read(text().replace('</table>', `</table>${other}`)).realNhsNumbers, 0));

  it('are not seen in codes', () => {
    const code = `"code": "${digits}"`;
    const message = text().replace('"resourceType": "Patient",', `"resourceType": "Patient", ${code},`);
    assert.equal(read(message).realNhsNumbers, 0);
  });
});

describe('guards over XML', () => {
  const xml = (): string => writeXml(JSON.parse(text()), knowledge().registry).text;
  const digits = `000123456${String(checkDigit('000123456'))}`;
  const grouped = `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;

  it('have nothing to say of a new message, whole or broken off', () => {
    for (const message of [xml(), xml().slice(0, 9000)]) {
      const { realNhsNumbers, strangers } = read(message);
      assert.deepEqual([realNhsNumbers, strangers], [0, []]);
    }
  });

  for (const [what, change] of [
    ['an identifier', (one: string) => one.replaceAll(/999\d{7}/g, '0000000000')],
    ['an identifier of any check digit', (one: string) => one.replaceAll(/999\d{7}/g, '0000000001')],
    ['the narrative', (one: string) => one.replace('</table>', `</table>${grouped}`)],
    [
      'the narrative, written with references',
      (one: string) => one.replace('</table>', `</table>&#48;&#x30;${digits.slice(2)}`),
    ],
    ['an attribute, in one kind of quotes', (one: string) => one.replace('<Patient>', `<Patient x='${digits}'>`)],
    ['a comment', (one: string) => one.replace('<Patient>', `<Patient><!-- ${grouped} -->`)],
    ['CDATA', (one: string) => one.replace('</table>', `</table><![CDATA[${digits}]]>`)],
    ['text where none may stand', (one: string) => one.replace('<Patient>', `<Patient>${digits}`)],
    ['a message that breaks off', (one: string) => `${one.slice(0, 3000)} ${digits}`],
  ] as const)
    it(`find a number outside the test range in ${what}`, () => {
      const message = xml();
      assert.notEqual(change(message), message);
      assert.equal(read(change(message)).realNhsNumbers, 1);
    });

  it('see none in codes and in parts of UUIDs', () => {
    for (const quoted of [`"${digits}"`, `'${digits}'`])
      assert.equal(read(xml().replace('<Patient>', `<Patient><code value=${quoted}/>`)).realNhsNumbers, 0);
    const uuid = `00000000-0000-4000-8000-00${digits}`;
    assert.equal(read(xml().replace('<Patient>', `<Patient><x value="${uuid}"/>`)).realNhsNumbers, 0);
  });

  it('find who is none of the synthetic set, and say where', () => {
    const message = xml().replace('<Patient>', '<Patient>\n<contact><name><family value="Realname"/></name></contact>');
    const [only, ...others] = read(message).strangers;
    assert.match(only ?? '', /^The name of the contact of the Patient in line \d+ is none of the synthetic set\.$/);
    assert.deepEqual(others, []);
  });

  for (const family of [
    '<family value="Realname"/>',
    "<f:family id='a' value='Realname'/>",
    '<family>Realname</family>',
  ])
    it(`find them in broken XML, written ${family}`, () =>
      assert.deepEqual(read(`${xml()} ${family}`).strangers, [
        'The XML is broken, and somebody is named in it who is not of the synthetic set.',
      ]));

  it('say nothing of professionals where only the order is wrong', () => {
    const doctor = '<family value="Anydoctor"/>';
    const message = xml()
      .replace(/(<Practitioner>[^]*?)<family [^>]*>/, `$1${doctor}`)
      .replace(/(\s*<gender [^>]*>)(\s*<birthDate [^>]*>)/, '$2$1');
    assert.ok(message.includes(doctor));
    assert.deepEqual(read(message).strangers, []);
  });
});

describe('the count of findings', () => {
  const finding = (severity: Severity): PlacedFinding => ({
    severity,
    rule: 'required',
    pointer: '',
    part: 'key',
    message: 'Something is missing.',
    span: { offset: 0, length: 0 },
    relatedSpans: [],
  });
  for (const [severities, sentence] of [
    [[], 'No problems'],
    [['hint'], 'No problems'],
    [['warning'], 'No errors, 1 warning'],
    [['error', 'error'], '2 errors'],
    [['error', 'warning', 'warning'], '1 error, 2 warnings'],
  ] as const)
    it(sentence, () => assert.equal(countFindings({ findings: severities.map(finding), excepted: 0 }), sentence));

  it('tells what was excepted', () =>
    assert.equal(countFindings({ findings: [finding('error')], excepted: 2 }), '1 error, 2 excepted'));
});

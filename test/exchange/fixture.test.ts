import assert from 'node:assert/strict';
import { writeXml } from '../../core/document/write-xml';
import { draftMessage } from '../../core/draft/message';
import { readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { fixtureName, inventedFixture } from '../../exchange/fixture';
import { knowledge } from '../knowledge';

let count = 0;
const moment = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `11111111-2222-4333-8444-${String(++count).padStart(12, '0')}`,
  random: () => 0,
};
const value = draftMessage('emergency-supply', { knowledge: knowledge(), fresh: moment });
const text = JSON.stringify(value).replaceAll(/"family":\s*"[^"]*"/g, '"family": "Quibblethorpe"');
const reply = JSON.stringify(
  writeReply(readMessage(value), { code: '20009' }, { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' }, knowledge(), moment),
);

describe('a fixture', () => {
  it('is about invented people, laid out, and says where to look', () => {
    const fixture = inventedFixture(
      text.replace('"resourceType"', '"language":"en","resourceType"'),
      knowledge(),
      () => 0.3,
    );
    assert.ok(typeof fixture !== 'string');
    assert.doesNotMatch(fixture.text, /quibblethorpe/i);
    assert.match(fixture.text, /^\{\n {2}"language": "en"/);
    assert.deepEqual(fixture.needsLook, []);
    const { patients } = knowledge().invented;
    assert.ok(patients.some(({ nhsNumber }) => fixture.text.includes(nhsNumber)));
  });

  it('names the place of what cannot be replaced, in FHIR’s own notation', () => {
    const odd = text.replace('"resourceType":"Bundle"', '"resourceType":"Bundle","signature":{"data":"Qm9i"}');
    const fixture = inventedFixture(odd, knowledge(), () => 0.3);
    assert.ok(typeof fixture !== 'string');
    assert.deepEqual(
      fixture.needsLook.map(({ path, why }) => [path, why]),
      [['Bundle.signature.data', 'attached']],
    );
  });

  for (const [what, broken, why] of [
    ['broken', '{"resourceType":', /broken/],
    ['no message', '{"a":1}', /no FHIR message/],
    ['of nobody', '{"resourceType":"Flag"}', /names no people/],
  ] as const)
    it(`is none with invented people where the text is ${what}`, () => {
      const sentence = inventedFixture(broken, knowledge(), () => 0);
      assert.ok(typeof sentence === 'string');
      assert.match(sentence, why);
    });

  describe('of XML', () => {
    const xml = writeXml(JSON.parse(text), knowledge().registry).text;
    const made = (of: string) => {
      const fixture = inventedFixture(of, knowledge(), () => 0.3);
      assert.ok(typeof fixture !== 'string', typeof fixture === 'string' ? fixture : '');
      return fixture;
    };

    it('is about invented people, and stays XML', () => {
      const fixture = made(xml);
      assert.doesNotMatch(fixture.text, /quibblethorpe/i);
      assert.match(fixture.text, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Bundle /);
      assert.deepEqual(fixture.needsLook, []);
    });

    it('has no comments and instructions: they may say anything of anybody', () => {
      const commented = xml
        .replace('<Bundle ', '<?note Quibblethorpe?><Bundle ')
        .replace(/\n( *)<Patient>/g, '\n$1<!-- about\n Quibblethorpe -->\n$1<Patient><!--Quibblethorpe-->');
      assert.equal(made(commented).text, made(xml).text);
    });

    for (const [what, change, why] of [
      ['text', (one: string) => one.replace('<Patient>', '<Patient>Quibblethorpe'), /^Line \d+ holds what is no FHIR/],
      ['an attribute', (one: string) => one.replace('<Patient>', '<Patient of="Quibblethorpe">'), /^Line \d+ holds/],
      ['no end', (one: string) => one.slice(0, 5000), /^Its XML is broken/],
    ] as const)
      it(`is none where it has ${what} in which somebody would stay`, () => {
        const sentence = inventedFixture(change(xml), knowledge(), () => 0.3);
        assert.ok(typeof sentence === 'string');
        assert.match(sentence, why);
      });

    it('keeps what is only in the wrong order, which is what may be wanted of it', () => {
      const disordered = xml.replace(/(\s*<gender [^>]*>)(\s*<birthDate [^>]*>)/, '$2$1');
      assert.notEqual(disordered, xml);
      assert.match(made(disordered).text, /<birthDate [^>]*>\s*<gender /);
    });
  });

  for (const [name, of] of [
    ['emergency-supply.xml', writeXml(JSON.parse(text), knowledge().registry).text],
    ['acknowledgement-20009.xml', writeXml(JSON.parse(reply), knowledge().registry).text],
    ['emergency-supply.json', text],
    ['acknowledgement-20009.json', reply],
    ['acknowledgement.json', reply.replaceAll('20009', 'Quibblethorpe')],
    ['message.json', '{"resourceType":"Patient","id":"Quibblethorpe"}'],
    ['message.json', '{"resourceType":'],
    ['message.xml', '<Bundle/>'],
    ['message.txt', 'Dear Quibblethorpe'],
  ] as const)
    it(`is called ${name} where it is ${of.slice(0, 20)}…`, () => assert.equal(fixtureName(of, knowledge()), name));
});

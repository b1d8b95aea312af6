import { expectOf, fixedBy, request, response, type Change } from './whole';
import assert from 'node:assert/strict';
import { unmark } from '../marked';

const DEFINITIONS = 'https://fhir.nhs.uk/STU3/MessageDefinition';

describe('rule message-definition', () => {
  const right = `"${DEFINITIONS}/ITK-DM-EmergencySupply-MessageDefinition-1"`;
  const named = (name: string): Change => [right, `⟦"${DEFINITIONS}/${name}"⟧`];

  it('right, with and without version', () => {
    expectOf('message-definition', request());
    expectOf('message-definition', request([right, right.replace('-1"', '-1|1.0.0"')]));
    expectOf('message-definition', response('20013'));
  });

  it('of another kind', () => {
    expectOf('message-definition', request(named('ITK-eDischarge-MessageDefinition-4')), [['error', 'ITK003D']]);
    expectOf('message-definition', request(named('ITK-Response-MessageDefinition-1')), [['error', 'ITK008M']]);
    expectOf('message-definition', request(named('ITK-SendPayload-MessageDefinition-1')), [['error', 'payloads']]);
    expectOf('message-definition', request(named('ITK-DM-EmergencySuply-MessageDefinition-1')), [['error', 'ITK010D']]);
  });

  it('that a page of the guide prints by mistake', () => {
    expectOf('message-definition', request(named('ITK-GPConnectSendDocument-MessageDefinition-1')), [
      ['warning', 'by mistake'],
    ]);
    expectOf('message-definition', request(named('ITK-DM-Immunization-MessageDefinition-1')), [
      ['warning', 'by mistake'],
    ]);
  });

  it('of the retired form, which samples of acknowledgements have', () => {
    const old = request(named('ITK-DM-EmergencySupply-MessageDefinition-Instance-1'));
    expectOf('message-definition', old, [['warning', 'retired']]);
    assert.equal(fixedBy('message-definition', unmark(old).text), request());
    const change: Change = [
      `"${DEFINITIONS}/ITK-Response-MessageDefinition-1"`,
      `⟦"${DEFINITIONS}/ITK-Response-MessageDefinition-Instance-1"⟧`,
    ];
    expectOf('message-definition', response('20013', change), [['information', 'samples']]);
  });

  it('asks nothing where none is published, and nothing of what is no url', () => {
    const placeholder: Change = [right, '"https://fhir.nhs.uk/MessageDefinition"'];
    const profile: Change = ['CareConnect-ITK-DM-EmergencySupply-Composition-1', 'CareConnect-Composition-1'];
    expectOf('message-definition', request(['"ITK010D"', '"ITK014M"'], placeholder, profile));
    expectOf('message-definition', request([right, '"MessageDefinition/1"']));
  });
});

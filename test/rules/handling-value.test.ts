import { expectOf, request, response, type Change } from './whole';

describe('rule handling-value', () => {
  const bus: Change = ['"BusAckRequested","valueBoolean":true', '"BusAckRequested","valueBoolean":⟦false⟧'];

  it('right', () => {
    expectOf('handling-value', request());
    expectOf('handling-value', response('20013'));
    expectOf('handling-value', response('30002'));
  });

  it('both flags are true in a message that asks', () => {
    expectOf('handling-value', request(bus), [['error', '10008']]);
    const inf: Change = ['"InfAckRequested","valueBoolean":true', '"InfAckRequested","valueBoolean":⟦false⟧'];
    expectOf('handling-value', request(bus, inf), [
      ['error', 'BusAckRequested must be true'],
      ['error', 'InfAckRequested must be true'],
    ]);
  });

  it('LocalExtension is the word None', () => {
    const local = '"LocalExtension","valueString":"None"';
    const another: Change = [local, '"LocalExtension","valueString":⟦"none"⟧'];
    expectOf('handling-value', request(another), [['error', '"None"']]);
    expectOf('handling-value', request([local, '"LocalExtension",⟦"valueBoolean"⟧:true']), [['error', 'valueString']]);
  });

  it('the flags of an acknowledgement are false, as far as the sources agree', () => {
    const asks: Change = ['"BusAckRequested","valueBoolean":false', '"BusAckRequested","valueBoolean":⟦true⟧'];
    expectOf('handling-value', response('20013', asks), [['error', 'must be false']]);
    const inf: Change = ['"InfAckRequested","valueBoolean":false', '"InfAckRequested","valueBoolean":⟦true⟧'];
    expectOf('handling-value', response('20013', inf), [['warning', 'should be false']]);
    expectOf('handling-value', response('30001', inf), [['information', 'published samples']]);
  });

  it('asks nothing of kinds whose guide is not known here, nor of what has no value', () => {
    const flags: Change = ['"BusAckRequested","valueBoolean":true', '"BusAckRequested","valueBoolean":false'];
    expectOf(
      'handling-value',
      request(
        flags,
        ['"ITK010D"', '"ITK003D"'],
        ['ITK-DM-EmergencySupply-MessageDefinition-1', 'ITK-eDischarge-MessageDefinition-4'],
      ),
    );
    expectOf('handling-value', request(['"BusAckRequested","valueBoolean":true', '"BusAckRequested"']));
    expectOf(
      'handling-value',
      request(['"BusAckRequested","valueBoolean":true', '"BusAckRequested","valueString":"false"']),
    );
  });
});

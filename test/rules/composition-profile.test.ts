import { expectOf, request, type Change } from './whole';

const PROFILES = 'https://fhir.nhs.uk/STU3/StructureDefinition';

describe('rule composition-profile', () => {
  const own = `"${PROFILES}/CareConnect-ITK-DM-EmergencySupply-Composition-1"`;
  const vaccination = `"${PROFILES}/CareConnect-ITK-DM-Immunization-Composition-1"`;

  it('right, alone, with another that is of no kind, or left out', () => {
    expectOf('composition-profile', request());
    expectOf(
      'composition-profile',
      request([own, `"https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Composition-1",${own}`]),
    );
    expectOf('composition-profile', request([`"meta":{"profile":[${own}]},`, '']));
  });

  it('of another kind', () => {
    expectOf('composition-profile', request([own, `⟦${vaccination}⟧`]), [['warning', 'by mistake']]);
    const send: Change = [
      'ITK-DM-EmergencySupply-MessageDefinition-1',
      'ITK-GPConnectSendDocument-MessageDefinition-1',
    ];
    expectOf('composition-profile', request(['"ITK010D"', '"ITK007C"'], send, [own, `⟦${own}⟧`]), [
      ['error', 'ITK007C'],
    ]);
  });
});

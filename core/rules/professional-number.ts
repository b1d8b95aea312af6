import { join } from '../document/pointer';
import { identifiersOf } from '../itk3/identifiers';
import { REGISTERS } from '../nhs/professional-number';
import type { Rule } from './rule';
import { article } from '../validate/wording';

const SYSTEMS = REGISTERS.map(({ system }) => system);

/** The form only: whom a number was given to, no message can tell. */
export const professionalNumber: Rule = {
  id: 'professional-number',
  severity: 'warning',
  asks: 'A GPhC, GMC, NMC or GMP number or an SDS id has the form that its register gives it.',
  source: { title: 'NHS Data Dictionary, professional registration', url: 'https://www.datadictionary.nhs.uk' },
  check({ message }, say) {
    for (const located of message.resources) {
      if (located.type !== 'Practitioner' && located.type !== 'PractitionerRole') continue;
      for (const { identifier, pointer } of identifiersOf(located, SYSTEMS)) {
        const { system, value } = identifier;
        const register = REGISTERS.find((r) => r.system === system);
        if (!register || typeof value !== 'string' || value.trim() === '' || register.form.test(value)) continue;
        const at = join(pointer, 'value');
        say(at, `The form of ${article(register.name)} is ${register.words}.`);
      }
    }
  },
};

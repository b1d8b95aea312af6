import { join } from '../document/pointer';
import { isObject, list } from '../json';
import { REGISTERS } from '../nhs/professional-number';
import type { Rule } from './rule';

const BY_SYSTEM = new Map<unknown, (typeof REGISTERS)[number]>(
  REGISTERS.map((register) => [register.system, register]),
);

/** The form only: whom a number was given to, no message can tell. */
export const professionalNumber: Rule = {
  id: 'professional-number',
  severity: 'warning',
  asks: 'GPhC, GMC, NMC and GMP numbers and SDS ids have the form of their register.',
  source: { title: 'NHS Data Dictionary, professional registration', url: 'https://www.datadictionary.nhs.uk' },
  check({ message }, say) {
    for (const { resource, type, pointer } of message.resources) {
      if (type !== 'Practitioner' && type !== 'PractitionerRole') continue;
      for (const [i, identifier] of list(resource.identifier).entries()) {
        const register = isObject(identifier) ? BY_SYSTEM.get(identifier.system) : undefined;
        const value = isObject(identifier) ? identifier.value : undefined;
        if (!register || typeof value !== 'string' || value === '' || register.form.test(value)) continue;
        const at = join(pointer, 'identifier', i, 'value');
        const tidy = value
          .slice(0, 40)
          .replace(/[\s.-]/g, '')
          .toUpperCase();
        const bare = register.form.test(tidy) ? tidy : tidy.replace(/^[A-Z]{1,4}/, '');
        say(at, `The form of a ${register.name} is ${register.words}.`, {
          ...(register.form.test(bare) && {
            fixes: [{ kind: 'set', title: `Change to ${bare}`, pointer: at, value: bare }],
          }),
        });
      }
    }
  },
};

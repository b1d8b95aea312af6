// Plain values for a draft: what is fresh where it is, plainly invented examples elsewhere.
import { instantOf } from '../itk3/times';
import { NHS_NUMBER_SYSTEM, testNumber } from '../nhs/nhs-number';
import { ODS_EXAMPLES } from '../nhs/ods-code';
import { REGISTERS } from '../nhs/professional-number';
import { UUIDS } from '../uuid';
import type { Fresh } from '../fresh';
import { type Draft, hole } from './draft';

/** By the name of the property, where a word of its kind is better than a word for it. */
const EXAMPLES: Readonly<Record<string, string>> = {
  family: 'Testwell',
  given: 'Marmaduke',
  prefix: 'Mr',
  city: 'Nowhere',
  line: '1 Pretend Lane',
  postalCode: 'ZZ99 3VZ',
  country: 'GBR',
  phone: '01632 960000',
  reference: 'urn:uuid:',
  contentType: 'application/pdf',
  language: 'en-GB',
  unit: 'unit',
  endpoint: 'SENDER_MESH_MAILBOX_ID',
};

/** @param type a primitive type of FHIR @param name of the property */
export function plainDraft(type: string, name: string, fresh: Fresh): Draft {
  switch (type) {
    case 'boolean':
      return hole(false, { choices: [true, false] });
    case 'integer':
    case 'unsignedInt':
      return hole(0);
    case 'decimal':
    case 'positiveInt':
      return hole(1);
    case 'id':
      return fresh.randomUUID();
    case 'instant':
    case 'dateTime':
      return instantOf(fresh.now);
    case 'date':
      return name === 'birthDate' ? hole('1956-02-29') : instantOf(fresh.now).slice(0, 10);
    case 'time':
      return hole('12:00:00');
    case 'uri':
      return name === 'endpoint' ? hole(fresh.mailbox ?? EXAMPLES.endpoint!) : hole('urn:example');
    case 'oid':
      return hole('urn:oid:1.2.3');
    case 'base64Binary':
      return hole('RXhhbXBsZQ==');
    case 'xhtml':
      return '<div xmlns="http://www.w3.org/1999/xhtml">Example</div>';
    case 'code':
      return hole(EXAMPLES[name] ?? 'example');
    default:
      return hole(EXAMPLES[name] ?? `Example ${wordsOf(name)}`);
  }
}

/** What goes into the value of an identifier of the system. */
export function numberDraft(system: unknown, fresh: Fresh): Draft {
  if (typeof system !== 'string') return hole('example');
  if (system === UUIDS) return fresh.randomUUID();
  if (system === NHS_NUMBER_SYSTEM) return hole(testNumber(fresh.random));
  const register = REGISTERS.find((one) => one.system === system);
  return hole(register?.example ?? ODS_EXAMPLES[system] ?? 'example');
}

/** `birthPlace` -> `birth place` */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

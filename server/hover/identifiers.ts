// Identifiers by their system: what the number is, who gives it out, whether its form is right, where to look it up.
import { ownerOf } from '../../core/itk3/owners';
import { isObject, text } from '../../core/json';
import { formatNhsNumber, isNhsNumber, isTenDigits, isTestNumber, NHS_NUMBER_SYSTEM } from '../../core/nhs/nhs-number';
import { isOdsCode, ODS_SYSTEMS } from '../../core/nhs/ods-code';
import { REGISTERS } from '../../core/nhs/professional-number';
import { UUIDS, withoutUrn } from '../../core/uuid';
import { code, link, prose } from './markdown';
import type { Spot } from './spot';

export function identifier(spot: Spot): string | undefined {
  const { name, value, beside, type, knowledge } = spot;
  const id = type === 'Identifier' && isObject(value) ? value : name === 'value' ? beside : undefined;
  const [system, number] = [text(id?.system), text(id?.value)];
  if (system === undefined || number === undefined) return bareUuid(spot);
  if (system === NHS_NUMBER_SYSTEM) return nhsNumber(number);
  const owner = ownerOf(system, knowledge);
  // A phone number has a system too, which is a code.
  if (!owner && !system.includes(':')) return undefined;
  const known = owner?.prefix === system ? owner : undefined;
  const isUuidSystem = system === UUIDS;
  const title = known ? `${known.name} **${prose(number)}**` : `**${prose(number)}**, an identifier of ${code(system)}`;
  if (known?.absent === number) return `${known.name}: ${code(number)} stands where it is not known`;
  const parts = [
    known?.of === undefined ? title : `${title} ${known.of}`,
    formOf(system, number),
    owner && !isUuidSystem && `given out by ${prose(owner.owner)}`,
    known?.lookUp !== undefined &&
      isOdsCode(number) &&
      link('look it up', known.lookUp.replace('{value}', encodeURIComponent(number))),
  ];
  return [parts.filter(Boolean).join(' · '), known?.note && prose(known.note)].filter(Boolean).join('\n\n');
}

function nhsNumber(value: string): string {
  if (!isTenDigits(value)) return 'NHS number: not ten digits';
  const check = isNhsNumber(value) ? 'check digit right' : 'check digit wrong';
  return `NHS number **${formatNhsNumber(value)}** · ${check}${isTestNumber(value) ? ' · of the test range' : ''}`;
}

function formOf(system: string, value: string): string | undefined {
  const register = REGISTERS.find((one) => one.system === system);
  if (register) return register.form.test(value) ? 'form right' : `form wrong: it is ${register.words}`;
  if (ODS_SYSTEMS.includes(system))
    return isOdsCode(value) ? 'form right' : 'form wrong: it is three to nine capital letters and digits';
  if (system !== UUIDS) return uuidForm(value, 'a UUID of ');
  return uuidForm(value, '') ?? 'not the form of a UUID';
}

const UUID = /^(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function uuidForm(value: string, what: string): string | undefined {
  const version = UUID.exec(value)?.[1];
  if (version === undefined) return undefined;
  return `${what}version ${version}${version === '4' ? ', made at random' : ''}`;
}

/** An id, or an address, that is a UUID. */
function bareUuid({ name, value, type }: Spot): string | undefined {
  if (typeof value !== 'string' || (name !== 'id' && type !== 'uri')) return undefined;
  const form = uuidForm(value, '');
  return form && `UUID **${prose(withoutUrn(value))}** · ${form}`;
}

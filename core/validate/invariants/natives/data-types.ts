// What STU3 asks of data types wherever they stand.
import type { Fix } from '../../../finding';
import { isObject, type Json } from '../../../json';
import { UCUM } from '../../../ucum';
import { ASK, type Breach, has, hasChoice, HOLDS, lacksAll, lacksBeside, type Native } from '../breach';
import { contactSystem, contentType, perhaps, remove, set, surely, swap, timeUnit, unitSystem } from '../mends';
import { isAfter } from '../moments';

/** Members of which the first stands only beside the second. */
const besides =
  (beside: string, name: string, says: string, mend: (value: Json) => readonly Fix[]): Native =>
  (value) =>
    lacksBeside(value, name, beside, says, mend);

function hasOnlyId(value: Json): boolean {
  for (const key in value) if (key !== 'id') return false;
  return value.id !== undefined;
}

/** What is empty altogether is the stage of shape's to tell. */
const holdsSomething: Native = (value) =>
  hasOnlyId(value)
    ? [
        {
          says: 'This has an id but nothing that it names: put something in it or remove it.',
          lacks: ['*'],
          mends: [surely('Remove it', { kind: 'remove', pointer: '' })],
        },
      ]
    : HOLDS;

const extensionOrValue: Native = (value) => {
  const nested = has(value, 'extension');
  if (nested !== hasChoice(value, 'value')) return HOLDS;
  const members = ['value[x]', 'extension'];
  return nested
    ? [
        {
          says: 'An extension has either a value or extensions inside, not both.',
          excess: members,
          mends: ['extension', ...Object.keys(value).filter((name) => name.startsWith('value'))].map((name) =>
            perhaps(`Remove ${name}`, remove(name)),
          ),
        },
      ]
    : [{ says: 'An extension has a value or extensions inside: both are missing.', lacks: members }];
};

const rangeInOrder: Native = (value) => {
  const { low, high } = value;
  if (!isObject(low) || !isObject(high)) return HOLDS;
  if (typeof low.value !== 'number' || typeof high.value !== 'number') return HOLDS;
  const hasCodes = low.code !== undefined || high.code !== undefined;
  const alike = hasCodes ? low.code === high.code && low.system === high.system : low.unit === high.unit;
  if (alike && (low.system !== UCUM || (low.comparator === undefined && high.comparator === undefined)))
    return low.value > high.value
      ? [{ says: 'low must not be more than high.', at: '/low', mends: [swap(value, 'low', 'high')] }]
      : HOLDS;
  // Grams against milligrams can be told by those who know UCUM, tablets against packs by nobody.
  return low.system === UCUM && high.system === UCUM && hasCodes ? ASK : HOLDS;
};

const ratio: Native = (value) => {
  const [numerator, denominator] = [has(value, 'numerator'), has(value, 'denominator')];
  if (numerator !== denominator) {
    const missing = numerator ? 'denominator' : 'numerator';
    return [{ says: `numerator and denominator stand together: ${missing} is missing.`, lacks: [missing] }];
  }
  if (numerator || has(value, 'extension')) return HOLDS;
  return [
    {
      says: 'A ratio without numerator and denominator has at least an extension that says why.',
      lacks: ['numerator', 'denominator'],
    },
  ];
};

/** A code without a system is told of every quantity (qty-3). */
const duration: Native = (value) => {
  if (!has(value, 'code') || !has(value, 'system')) return HOLDS;
  const breaches: Breach[] = [];
  if (typeof value.system === 'string' && value.system !== UCUM)
    breaches.push({
      says: `The unit of a duration is one of UCUM: ${UCUM}.`,
      at: '/system',
      part: 'value',
      mends: timeUnit(value),
    });
  if (!has(value, 'value'))
    breaches.push({ says: 'A duration with a unit has a value: value is missing.', lacks: ['value'] });
  return breaches;
};

export const DATA_TYPES: Record<string, Native> = {
  'hasValue() | (children().count() > id.count())': holdsSomething,
  'extension.exists() != value.exists()': extensionOrValue,
  'start.empty() or end.empty() or (start <= end)': (value) =>
    isAfter(value.start, value.end)
      ? [
          {
            says: 'A period must not end before it starts.',
            at: '/end',
            part: 'value',
            related: [{ at: '/start', message: 'The start' }],
            mends: [swap(value, 'start', 'end')],
          },
        ]
      : HOLDS,
  'low.empty() or high.empty() or (low <= high)': rangeInOrder,
  '(numerator.empty() xor denominator.exists()) and (numerator.exists() or extension.exists())': ratio,
  'code.exists() implies ((system = %ucum) and value.exists())': duration,
  'code.empty() or system.exists()': besides(
    'code',
    'system',
    'A unit with a code names its system: system is missing.',
    unitSystem,
  ),
  'data.empty() or contentType.exists()': besides(
    'data',
    'contentType',
    'Data in an attachment says of what type it is: contentType is missing.',
    contentType,
  ),
  'value.empty() or system.exists()': besides(
    'value',
    'system',
    'A phone number or address says by which system it is reached (phone, email, …): system is missing.',
    contactSystem,
  ),
  // The same is asked of an organization's addresses and of its phone numbers.
  "where(use = 'home').empty()": ({ use }) =>
    use === 'home'
      ? [
          {
            says: 'An organization has no home: use "work" or another use.',
            at: '/use',
            part: 'value',
            mends: [perhaps('Change to work', set('use', 'work')), perhaps('Remove use', remove('use'))],
          },
        ]
      : HOLDS,
  'name.exists() or telecom.exists() or address.exists() or organization.exists()': (contact) =>
    lacksAll(
      contact,
      ['name', 'telecom', 'address', 'organization'],
      'A contact has at least a name, telecom, address or organization.',
    ),
};

// What STU3 asks of bundles and their entries (bdl-1 to bdl-9, but bdl-7: see published.ts).
import type { Change, Fix } from '../../../finding';
import { isObject, type Json, list } from '../../../json';
import { isUuid, UUIDS } from '../../../uuid';
import { has, HOLDS, lacksAll, type Native } from '../breach';
import { perhaps, remove, set, surely } from '../mends';

/** A member of entries that only some types of bundle have. */
const onlyIn =
  (name: string, types: readonly string[]): Native =>
  (value) => {
    if (typeof value.type !== 'string' || types.includes(value.type)) return HOLDS;
    const says = `A bundle of type "${value.type}" has no entry.${name}: it belongs to ${types.join(', ')}.`;
    return list(value.entry).flatMap((entry, i) =>
      isObject(entry) && has(entry, name)
        ? [
            {
              says,
              at: `/entry/${i}/${name}`,
              owner: `/entry/${i}`,
              excess: [name],
              mends: [surely(`Remove ${name}`, remove(`entry/${i}/${name}`))],
            },
          ]
        : [],
    );
  };

/** A UUID names its own system; the id of the bundle may stand for a value. */
function documentIdentifier(identifier: Json, id: unknown): Fix[] {
  const { system, value } = identifier;
  if (isUuid(value) && system === undefined)
    return [surely(`Add the system ${UUIDS}`, { ...set('identifier/system', UUIDS), before: 'value' } as Change)];
  if (value !== undefined || !isUuid(id) || (system !== undefined && system !== UUIDS)) return [];
  const whole = { ...identifier, system: UUIDS, value: id };
  return [perhaps(`Identify it by its id, ${id}`, set('identifier', whole))];
}

export const BUNDLE: Record<string, Native> = {
  "total.empty() or (type = 'searchset') or (type = 'history')": (value) => {
    if (!has(value, 'total') || typeof value.type !== 'string') return HOLDS;
    if (['searchset', 'history'].includes(value.type)) return HOLDS;
    const says = `A bundle of type "${value.type}" has no total: only a searchset or a history has.`;
    return [{ says, at: '/total', excess: ['total'], mends: [surely('Remove total', remove('total'))] }];
  },

  "entry.search.empty() or (type = 'searchset')": onlyIn('search', ['searchset']),

  "entry.request.empty() or type = 'batch' or type = 'transaction' or type = 'history'": onlyIn('request', [
    'batch',
    'transaction',
    'history',
  ]),

  "entry.response.empty() or type = 'batch-response' or type = 'transaction-response'": onlyIn('response', [
    'batch-response',
    'transaction-response',
  ]),

  'resource.exists() or request.exists() or response.exists()': (entry) =>
    lacksAll(entry, ['resource', 'request', 'response'], 'An entry holds a resource, a request or a response.'),

  "fullUrl.contains('/_history/').not()": ({ fullUrl }) =>
    typeof fullUrl === 'string' && fullUrl.includes('/_history/')
      ? [
          {
            says: 'A fullUrl names a resource, not one version of it: remove it from /_history/ on.',
            at: '/fullUrl',
            part: 'value',
            mends: [
              surely('Remove it from /_history/ on', set('fullUrl', fullUrl.slice(0, fullUrl.indexOf('/_history/')))),
            ],
          },
        ]
      : HOLDS,

  "type = 'document' implies (identifier.system.exists() and identifier.value.exists())": (value: Json) => {
    if (value.type !== 'document') return HOLDS;
    const { identifier } = value;
    const says = 'A document has an identifier with a system and a value';
    if (identifier === undefined) return [{ says: `${says}: identifier is missing.`, lacks: ['identifier'] }];
    if (!isObject(identifier)) return HOLDS;
    const missing = ['system', 'value'].filter((name) => !has(identifier, name));
    if (missing.length === 0) return HOLDS;
    return [
      {
        says: `${says}: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing.`,
        at: '/identifier',
        owner: '/identifier',
        lacks: missing,
        mends: documentIdentifier(identifier, value.id),
      },
    ];
  },
};

// What STU3 asks of the resources that Emergency Supply messages are made of.
import { isObject, list } from '../../../json';
import { has, HOLDS, lacksAll, type Native } from '../breach';
import { perhaps, remove, set, surely, swap } from '../mends';
import { isAfter } from '../moments';

const ENTERED_IN_ERROR = 'entered-in-error';

export const RESOURCES: Record<string, Native> = {
  'text.exists() or entry.exists() or section.exists()': (section) =>
    lacksAll(section, ['text', 'entry', 'section'], 'A section has at least text, entries or sections inside.').map(
      (breach) => ({ ...breach, mends: [perhaps('Remove this section', { kind: 'remove', pointer: '' })] }),
    ),

  // Asked of sections of a Composition and of a List.
  'emptyReason.empty() or entry.empty()': (value) =>
    has(value, 'emptyReason') && has(value, 'entry')
      ? [
          {
            says: 'What has entries is not empty: remove emptyReason, or the entries.',
            at: '/emptyReason',
            excess: ['emptyReason', 'entry'],
            mends: [perhaps('Remove emptyReason', remove('emptyReason'))],
          },
        ]
      : HOLDS,

  "mode = 'changes' or entry.deleted.empty()": ({ mode, entry }) =>
    typeof mode !== 'string' || mode === 'changes'
      ? HOLDS
      : list(entry).flatMap((item, i) =>
          isObject(item) && has(item, 'deleted')
            ? [
                {
                  says: `deleted stands only in a list of changes, not in one of mode "${mode}".`,
                  at: `/entry/${i}/deleted`,
                  owner: `/entry/${i}`,
                  excess: ['deleted'],
                  mends: [perhaps('Remove deleted', remove(`entry/${i}/deleted`))],
                },
              ]
            : [],
        ),

  "verificationStatus='entered-in-error' or clinicalStatus.exists()": (value) =>
    has(value, 'clinicalStatus') || value.verificationStatus === ENTERED_IN_ERROR
      ? HOLDS
      : [
          {
            says: `clinicalStatus is missing: only what is ${ENTERED_IN_ERROR} (verificationStatus) has none.`,
            lacks: has(value, 'verificationStatus') ? ['clinicalStatus'] : ['clinicalStatus', 'verificationStatus'],
            mends: ['active', 'inactive', 'resolved'].map((status) =>
              perhaps(`Add clinicalStatus ${status}`, set('clinicalStatus', status)),
            ),
          },
        ],

  "verificationStatus!='entered-in-error' or clinicalStatus.empty()": (value) =>
    value.verificationStatus === ENTERED_IN_ERROR && has(value, 'clinicalStatus')
      ? [
          {
            says: `What is ${ENTERED_IN_ERROR} (verificationStatus) has no clinicalStatus: remove it.`,
            at: '/clinicalStatus',
            mends: [surely('Remove clinicalStatus', remove('clinicalStatus'))],
            related: [{ at: '/verificationStatus', message: 'The verification status' }],
          },
        ]
      : HOLDS,

  '(identifier.count() + name.count()) > 0': (organization) =>
    lacksAll(organization, ['identifier', 'name'], 'An organization has at least an identifier or a name.'),

  'whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared': (dispense) =>
    isAfter(dispense.whenPrepared, dispense.whenHandedOver)
      ? [
          {
            says: 'whenHandedOver cannot be before whenPrepared.',
            at: '/whenHandedOver',
            part: 'value',
            related: [{ at: '/whenPrepared', message: 'When it was prepared' }],
            mends: [
              swap(dispense, 'whenPrepared', 'whenHandedOver'),
              perhaps('Set whenHandedOver to the time of whenPrepared', set('whenHandedOver', dispense.whenPrepared)),
            ],
          },
        ]
      : HOLDS,
};

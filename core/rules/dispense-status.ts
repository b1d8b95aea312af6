import { join } from '../document/pointer';
import { documentOf, guideOf, inDocument } from '../itk3/document';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const dispenseStatus: Rule = {
  id: 'dispense-status',
  severity: 'warning',
  asks: 'A supply that the practice is told of has the status completed.',
  source: sourced('Digital Medicines 1.2.9, medication dispense (should)'),
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    const right = document?.useCase.dispense?.status;
    if (!document || right === undefined) return;
    for (const { resource, pointer } of inDocument(message, document, 'MedicationDispense')) {
      const at = join(pointer, 'status');
      if (typeof resource.status !== 'string' || resource.status === right || !STATUSES.includes(resource.status))
        continue;
      say(at, `The status of a dispense in ${guideOf(document.useCase)} should be ${right}: the supply was made.`, {
        fixes: [
          {
            title: `Change to ${right}`,
            sure: resource.whenHandedOver !== undefined && UNDER_WAY.includes(resource.status),
            kind: 'set',
            pointer: at,
            value: right,
          },
        ],
      });
    }
  },
};

/** What was handed over is past these. */
const UNDER_WAY: readonly string[] = ['preparation', 'in-progress', 'on-hold'];

/** Of others the stage of profiles says that they are none. */
const STATUSES: readonly string[] = [
  'preparation',
  'in-progress',
  'on-hold',
  'completed',
  'entered-in-error',
  'stopped',
];

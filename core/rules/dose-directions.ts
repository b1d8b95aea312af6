import { join } from '../document/pointer';
import { documentOf, inDocument } from '../itk3/document';
import { isObject, list } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The sources contradict each other: the example of 1.3.0 says only that the medicine is taken as needed. */
export const doseDirections: Rule = {
  id: 'dose-directions',
  severity: 'information',
  asks: 'A dispense says how the medicine is taken.',
  source: sourced('Digital Medicines 1.2.9, medication dispense list; GP Connect Emergency Supply 1.3.0, example'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document?.useCase.dispense) return;
    for (const { resource, pointer } of inDocument(message, document, 'MedicationDispense')) {
      const directions = list(resource.dosageInstruction).filter(isObject);
      const told = directions.some(
        (d) =>
          // Of an empty object another stage speaks.
          Object.keys(d).length === 0 ||
          d.text !== undefined ||
          d.asNeededBoolean === true ||
          d.asNeededCodeableConcept !== undefined,
      );
      if (told) continue;
      const there = resource.dosageInstruction !== undefined;
      say(
        there ? join(pointer, 'dosageInstruction') : pointer,
        'The dose directions have no text: Digital Medicines 1.2.9 makes it mandatory, though the example of 1.3.0 does without.',
        { part: 'key' },
      );
    }
  },
};

import { join } from '../document/pointer';
import { documentOf, guideOf, inDocument } from '../itk3/document';
import type { Rule } from './rule';

/** FHIR has these statuses for records of what proved wrong; as part of a document they would be read as allergies. */
export const allergyStatus: Rule = {
  id: 'allergy-status',
  severity: 'error',
  asks: 'No allergy in a document is refuted or was entered in error.',
  source: { title: 'Digital Medicines 1.2.9, allergies' },
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    const refused = document?.useCase.allergy?.refused;
    if (!document || !refused) return;
    for (const { resource, pointer } of inDocument(message, document, 'AllergyIntolerance')) {
      const status = resource.verificationStatus;
      if (typeof status !== 'string' || !refused.includes(status)) continue;
      const text = `An allergy that is ${status} is not sent in ${guideOf(document.useCase)}: leave it out of list, document and text.`;
      say(join(pointer, 'verificationStatus'), text);
    }
  },
};

// What is offered where there is nothing yet: an empty file, or braces with nothing between them.
import { hole } from '../../core/draft/draft';
import type { Offer } from './offer';

/** Whole documents, each an object. */
export function emptyOffers(): Offer[] {
  return [
    {
      label: 'resourceType',
      kind: 'type',
      draft: { resourceType: hole('Bundle') },
      detail: 'FHIR resource',
      documentation: () => 'The beginning of a FHIR STU3 resource. An ITK3 message is a Bundle.',
    },
  ];
}

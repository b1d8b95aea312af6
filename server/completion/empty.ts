// What is offered where there is nothing yet: an empty file, or braces with nothing between them.
import { hole } from '../../core/draft/draft';
import { type Kind, kindsOf } from '../../core/draft/kind';
import { draftMessage } from '../../core/draft/message';
import type { Knowledge } from '../../core/knowledge';
import { UUIDS } from '../../core/uuid';
import { freshNow } from '../fresh-now';
import type { Offer } from './offer';

/** Whole documents, each an object. */
export function emptyOffers(knowledge: Knowledge): Offer[] {
  const kinds = kindsOf(knowledge);
  return [...kinds.flatMap((kind) => wholeMessage(kind, knowledge)), ...emptyMessage(kinds), resource()];
}

/** About an invented patient, valid as it is. */
function wholeMessage({ name, title }: Kind, knowledge: Knowledge): Offer[] {
  const message = draftMessage(name, { knowledge, fresh: freshNow() });
  if (message === undefined) return [];
  return [
    {
      label: `Whole message: ${title}`,
      kind: 'type',
      draft: message,
      filter: `resourceType message ${name} ${title}`,
      documentation: () => 'A valid message with fresh identifiers, about a patient of the synthetic set.',
    },
  ];
}

/** The bundle alone, to be filled by completion. */
function emptyMessage(kinds: readonly Kind[]): Offer[] {
  const bundles = new Set(kinds.map(({ bundle }) => bundle));
  return [...bundles].map((bundle) => {
    const id = freshNow().randomUUID();
    return {
      label: 'Empty message',
      kind: 'type',
      draft: {
        resourceType: 'Bundle',
        id,
        meta: { profile: [bundle] },
        identifier: { system: UUIDS, value: id },
        type: 'message',
        entry: hole([]),
      },
      filter: 'resourceType empty message Bundle',
      detail: 'filled entry by entry',
      documentation: () => `The bundle around an ITK3 message: \`${bundle}\``,
    };
  });
}

function resource(): Offer {
  return {
    label: 'resourceType',
    kind: 'type',
    draft: { resourceType: hole('Bundle') },
    detail: 'FHIR resource',
    documentation: () => 'The beginning of a FHIR STU3 resource. An ITK3 message is a Bundle.',
  };
}

// Whole issues of an acknowledgement, each with its response code.
import { issueOffers } from '../../core/draft/answer';
import { prose } from '../hover/markdown';
import type { Offer } from './offer';
import type { Spot } from './spot';

/** At an item of `issue`, and at the whole list. */
export function wholeIssueOffers({ cursor, at, message, knowledge, applicable }: Spot): Offer[] {
  const place = at.type === 'OperationOutcome' ? cursor.pointer.slice(at.pointer.length) : '';
  if (!/^\/issue(\/\d+)?$/.test(place)) return [];
  const { response } = knowledge.envelope;
  const profile = response.parts.find(({ type }) => type === at.type)?.profile;
  if (profile === undefined || !applicable.get(at)?.has(profile)) return [];
  return issueOffers(message, knowledge).map(({ code, display, layer, meaning, isStrange, draft }, i) => ({
    label: code,
    kind: 'type',
    draft: place === '/issue' ? [draft] : draft,
    filter: `${code} ${display}`,
    detail: [display, layer, isStrange && 'not with the code of the header'].filter(Boolean).join(' · '),
    documentation: () => meaning && prose(meaning),
    ...(i === 0 && !isStrange && { preselect: true }),
  }));
}

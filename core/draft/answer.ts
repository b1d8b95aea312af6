// The issues of which an acknowledgement says one: its response code, with all that goes with that.
import { headerOf, type Message } from '../itk3/message';
import type { ResponseCode } from '../itk3/response-codes';
import { isObject, type Json } from '../json';
import type { Knowledge } from '../knowledge';
import { hole } from './draft';

export interface IssueOffer {
  code: string;
  display: string;
  layer: ResponseCode['layer'];
  /** What the code means, in a sentence or two. */
  meaning?: string | undefined;
  /** The header says that the answer is of another kind. */
  isStrange: boolean;
  draft: Json;
}

/** Those that go with what the header says first. */
export function issueOffers(message: Message, { envelope, registry, responseCodes }: Knowledge): IssueOffer[] {
  const { system, codes: retired } = { system: envelope.responseCodes, ...envelope.response.obsoleteCodes };
  const concepts = registry.codeSystem(system)?.concepts ?? [];
  const response = headerOf(message)?.resource.response;
  const said = isObject(response) ? response.code : undefined;
  const offers = responseCodes.flatMap(({ code, layer, outcome, responseCode, severity, issueCodes }): IssueOffer[] => {
    const concept = concepts.find((one) => one.code === code);
    if (concept?.display === undefined || retired.some((one) => one.code === code)) return [];
    const { display, definition: meaning } = concept;
    const details = { coding: [{ system, code, display }] };
    const words = outcome === 'negative' ? { diagnostics: hole(meaning ?? '') } : {};
    const [first] = issueCodes;
    const choices = issueCodes.length > 1 ? hole(first!, { choices: issueCodes }) : first;
    const isStrange = typeof said === 'string' && said !== responseCode;
    return [{ code, display, layer, meaning, isStrange, draft: { severity, code: choices, details, ...words } }];
  });
  return [...offers.filter((offer) => !offer.isStrange), ...offers.filter((offer) => offer.isStrange)];
}

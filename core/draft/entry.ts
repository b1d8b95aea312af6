// The entries that a message may still need, each with what is required, asked by the guide and referred to.
import type { Change } from '../finding';
import type { Located } from '../itk3/message';
import type { ResourceUse } from '../itk3/use-case';
import { type Draft, lazily } from './draft';
import type { Drafting } from './drafting';
import { answerKind, type Kind } from './kind';
import { leadTo } from './leads';
import type { Player } from './players';
import { entryOf } from './resource';
import { sectionDrafts } from './section';
import { isNeeded } from './section-parts';
import { type Setting, settingOf } from './setting';

export interface EntryOffer {
  /** Such as "Patient – whom the supply was for". */
  title: string;
  role: string;
  type: string;
  profile: string;
  /** The message lacks it and needs it; else it may have one, or one more. */
  isNeeded: boolean;
  /** Made when first asked for. */
  readonly draft: Draft;
  /** What the rest of the message says once it is there under the fullUrl, if anything. */
  lead: (fullUrl: string) => Change | undefined;
}

/**
 * What may be an entry of a bundle of the message, what is needed first, in the order in which a message has them.
 * @param bundle the message itself, or the document in it
 */
export function entryOffers(bundle: Located, drafting: Drafting): EntryOffer[] {
  const setting = settingOf(drafting);
  if (!setting) return [];
  const { kind, players } = setting;
  const isEnvelope = !bundle.bundle && bundle.resource.type !== 'document';
  const offers = (isEnvelope ? kind.envelope : kind.document).flatMap((use): EntryOffer[] => {
    const there = players.of(use.role).filter(({ located }) => located);
    if (there.length >= (use.max ?? Infinity)) return [];
    const promised = players.of(use.role).some(({ located }) => !located);
    return [offerOf(use, promised || (there.length === 0 && use.min > 0), kind, drafting)];
  });
  const [needed, others] = [offers.filter((offer) => offer.isNeeded), offers.filter((offer) => !offer.isNeeded)];
  return [...needed, ...(isEnvelope ? headersOfAnswers(setting) : []), ...others];
}

/** While nothing says what the message is, it may become an acknowledgement. */
function headersOfAnswers({ kind, players, drafting }: Setting): EntryOffer[] {
  const answer = answerKind(drafting.knowledge);
  if (!answer || kind === answer || players.all().some(({ located }) => located)) return [];
  return answer.envelope
    .filter(({ type }) => type === 'MessageHeader')
    .map((use) => offerOf(use, false, answer, drafting));
}

function offerOf(use: ResourceUse, isNeeded: boolean, kind: Kind, drafting: Drafting): EntryOffer {
  const { title, role, type, profile } = use;
  const made = lazily(() => offered(use, kind, drafting));
  return {
    title,
    role,
    type,
    profile,
    isNeeded,
    get draft() {
      return made();
    },
    lead: (fullUrl) => leadTo(use, fullUrl, drafting),
  };
}

function offered(use: ResourceUse, kind: Kind, drafting: Drafting): Draft {
  const setting = settingOf(drafting, kind)!;
  const player = setting.players.of(use.role).find(({ located }) => !located) ?? setting.players.add(use);
  return entryOf(player, setting, beginningOf(player, setting));
}

/** A document begins with its Composition, and that with the sections that every document has. */
function beginningOf(player: Player, setting: Setting): object {
  const { kind, players } = setting;
  if (player.use.type === 'Composition') {
    const sections = sectionDrafts(setting).filter(({ use }) => isNeeded(use, setting));
    return sections.length > 0 ? { section: sections.map(({ draft }) => draft()) } : {};
  }
  const composition = kind.document.find(({ type }) => type === 'Composition');
  if (player.use.type !== 'Bundle' || !composition) return {};
  const first = players.of(composition.role)[0] ?? players.add(composition);
  return { entry: [entryOf(first, setting, beginningOf(first, setting))] };
}

// What a draft of a whole resource is made in: the kind of message, its guide's version, and who plays which part in it.
import { chooseCast } from './choose-cast';
import type { Cast } from './cast';
import { isAfter } from '../itk3/versions';
import { documentOf } from '../itk3/document';
import type { Message } from '../itk3/message';
import type { Drafting } from './drafting';
import { type Kind, kindOf } from './kind';
import { type Players, playersIn } from './players';

export interface Setting {
  drafting: Drafting;
  kind: Kind;
  /** Of the guide; empty where none is known. */
  version: string;
  players: Players;
  /** Whose values the examples are where no cast is given. */
  example: Cast;
}

/** Undefined when no kind of message is known at all. */
export function settingOf(
  drafting: Drafting,
  kind = kindOf(drafting.message, drafting.knowledge),
): Setting | undefined {
  if (!kind) return undefined;
  return {
    drafting,
    kind,
    version: drafting.version ?? versionIn(drafting, kind),
    players: playersIn(kind, drafting),
    example: chooseCast(drafting.knowledge.invented, () => 0),
  };
}

/** All but the place. */
const SAME = ['knowledge', 'fresh', 'cast', 'from', 'version'] as const;

const AROUND = new WeakMap<Message, Setting>();

/** The same, made once for all that is drafted into one reading of a message. */
export function settingAround(drafting: Drafting): Setting | undefined {
  const { message } = drafting;
  const known = message && AROUND.get(message);
  if (known && SAME.every((name) => known.drafting[name] === drafting[name])) return known;
  const setting = settingOf(drafting);
  if (message && setting) AROUND.set(message, setting);
  return setting;
}

/** What an old section or type says of the document, all that follows is of: else the newest. */
function versionIn({ message, knowledge }: Drafting, { useCase, versions }: Kind): string {
  const [newest = ''] = versions;
  const document = useCase && message && documentOf(message, knowledge);
  return (document?.sections ?? []).reduce((version, { form }) => {
    const until = form?.until;
    return until !== undefined && isAfter(version, until) ? until : version;
  }, newest);
}

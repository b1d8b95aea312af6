// What is answered of a mailbox, and the mailbox that it describes. Pure.
import type { Format } from '../../core/document/source-document';
import { environmentName, type Place, type PlaceSource } from '../../exchange/place';
import { isPkcs12 } from '../../exchange/certificates';
import type { Answered as Described } from '../../exchange/diagnosis';
import { environmentChoices } from './environment-choices';

/** Each question has a name, by which the dialogue can begin with it. */
export type Answered = Described | 'name' | 'target';

/** Where it is kept. */
export type Target = Exclude<PlaceSource, 'team'>;

export interface Answers {
  /** Undefined until one was chosen. */
  endpoint?: URL;
  /** Its address is typed. */
  other?: boolean;
  mailbox: string;
  password: string;
  sharedKey: string;
  certificate?: string;
  key?: string;
  authorities?: string;
  name: string;
  target: Target;
  /** Not asked for: nearly everybody wants the usual one. Who has set another keeps it. */
  format?: Format;
}

export const NO_ANSWERS: Answers = { mailbox: '', password: '', sharedKey: '', name: '', target: 'user' };

/** The mailbox that was described; undefined where the dialogue was not finished. */
export function placeOf(answers: Answers): Place | undefined {
  const { endpoint, mailbox, name, certificate, key, authorities, format } = answers;
  if (!endpoint || mailbox === '') return undefined;
  const pair = certificate === undefined || isPkcs12(certificate) ? { certificate } : { certificate, key };
  const named = Object.fromEntries(
    Object.entries({ ...pair, authorities }).filter(([, file]) => file !== undefined),
  ) as NonNullable<Place['certificates']>;
  return {
    name,
    endpoint,
    mailbox,
    environment: environmentName(endpoint),
    ...(Object.keys(named).length > 0 && { certificates: named }),
    ...(format && { format }),
  };
}

/** What was answered of a mailbox that is configured. */
export function answersOf(place: Place, target: Target, secrets?: { password: string; sharedKey: string }): Answers {
  const { name, endpoint, mailbox, certificates, format } = place;
  const known = environmentChoices().some(
    ({ environment }) =>
      environment && new URL(environment.endpoint).href === endpoint.href && environment.id !== 'local',
  );
  const { password = '', sharedKey = '' } = secrets ?? {};
  const kept = format && { format };
  return { endpoint, other: !known, mailbox, password, sharedKey, ...certificates, name, target, ...kept };
}

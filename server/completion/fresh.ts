// What nobody looks up: identifiers that never were before, and the time. What stands beside it is offered first.
import { parentOf, segmentsOf, valueAt } from '../../core/document/pointer';
import { entriesOf, headerOf, type Located } from '../../core/itk3/message';
import { instantOf, isInstant } from '../../core/itk3/times';
import { object, text } from '../../core/json';
import { URN_UUID } from '../../core/uuid';
import type { Described } from '../describe';
import { freshNow } from '../fresh-now';
import type { Offer } from './offer';
import type { Spot } from './spot';

export function freshOffers(spot: Spot, { types }: Described): Offer[] {
  switch (types[0]?.code ?? '') {
    case 'id':
      return resourceIds(spot);
    case 'uri':
      return segmentsOf(spot.cursor.pointer).at(-1) === 'fullUrl' ? fullUrls(spot) : [];
    case 'instant':
      return times(spot, (time) => (isInstant(time) ? time : undefined));
    case 'dateTime':
      return times(spot, (time) => time);
    case 'date':
      return segmentsOf(spot.cursor.pointer).at(-1) === 'birthDate'
        ? []
        : times(spot, (time) => time.slice(0, 10)).filter(({ label }) => label !== 'now');
    default:
      return [];
  }
}

/** The id of an entry's resource and the entry's fullUrl are the same UUID. */
function resourceIds({ cursor, at }: Spot): Offer[] {
  if (cursor.pointer !== `${at.pointer}/id`) return [];
  const { fullUrl } = at;
  const beside = fullUrl?.startsWith(URN_UUID) ? [matching(fullUrl.slice(URN_UUID.length), 'as in fullUrl')] : [];
  return [...beside, freshUuid('')];
}

function fullUrls({ cursor, root }: Spot): Offer[] {
  const id = text(object(object(valueAt(root, parentOf(cursor.pointer))).resource).id);
  return [...(id === undefined ? [] : [matching(URN_UUID + id, 'with the id of the resource')]), freshUuid(URN_UUID)];
}

function matching(value: string, detail: string): Offer {
  return { label: value, kind: 'value', draft: value, detail, preselect: true };
}

/** Called by what it is: another one comes each time it is asked for. */
export function freshUuid(prefix: string): Offer {
  const { randomUUID } = freshNow();
  return { label: `${prefix}…`, kind: 'value', draft: prefix + randomUUID(), detail: 'a fresh UUID' };
}

/** Now, and the times that the message has already. */
function times({ message, at }: Spot, form: (time: string) => string | undefined): Offer[] {
  const now = instantOf(freshNow().now);
  const header = headerOf(message);
  const entries = at.bundle ? entriesOf(message, at.bundle) : [];
  const first = (type: string): Located | undefined => entries.find((entry) => entry.type === type);
  const known: [what: string, time: unknown][] = [
    ['now', now],
    ['today', now.slice(0, 10)],
    ['of the contact', object(first('Encounter')?.resource.period).start],
    ['of the document', first('Composition')?.resource.date],
    ['of the message', header?.resource.timestamp],
  ];
  const offers = known.flatMap(([what, time]): Offer[] => {
    const value = typeof time === 'string' ? form(time) : undefined;
    if (value === undefined) return [];
    const isNow = what === 'now' || what === 'today';
    return [
      isNow
        ? { label: what, kind: 'value', draft: value, filter: `${value} ${what}` }
        : { label: value, kind: 'value', draft: value, detail: what },
    ];
  });
  return offers;
}

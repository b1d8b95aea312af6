// One line of a mailbox: what it is, about whom in a hint, from whom, when, and what it says. Pure.
import { keyOf, type Place } from '../../exchange/place';
import { detailOf, labelOf, oneLine, type Received, titleOf } from '../../exchange/received';
import { shortly } from '../../exchange/when';
import { mask, maskAddress } from '../../mesh/errors';
import type { Item } from './item';

interface Around {
  /** Name of the document that was sent and that this answers. */
  answered: (received: Received) => string | undefined;
  /** What people call a mailbox, seen from another one. */
  nameOf: (place: Place, mailbox: string) => string | undefined;
  now: Date;
}

/** What is told of one message, beside what it is called. */
interface Told {
  icon: string;
  colour?: string;
  /** In one or two words. */
  state: string;
  /** What it answers, or whom it is about and from whom. */
  about: string[];
  context: string;
}

export function itemOfReceived(place: Place, received: Received, around: Around): Item {
  const { meshId, at, bytes } = received;
  const label = shortKind(mask(labelOf(received)));
  const isReply = Boolean(received.acknowledgement ?? received.report);
  const { icon, colour, state, about, context } = toldOf(place, received, around);
  const when = at && shortly(at, around.now);
  const title = mask(titleOf(received));
  return {
    id: `${keyOf(place)} ${meshId}`,
    label,
    // What differs from line to line first: the rest is cut off in a narrow side bar.
    description: (isReply ? [...about, when] : [about[0], when, ...about.slice(1), state]).filter(Boolean).join(' · '),
    tooltip: [
      title,
      [state[0]?.toUpperCase(), state.slice(1)].join(''),
      ...about.map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}`),
      mask(oneLine(detailOf(received))),
      ...(when ? [`Came ${when}`] : []),
      ...(received.workflowId ? [`Workflow ${oneLine(received.workflowId)}`] : []),
      `MESH id ${meshId}`,
      ...(bytes > 0 ? [`${bytes.toLocaleString('en-GB')} bytes`] : []),
    ],
    icon,
    ...(colour && { colour }),
    spoken: [state, label, ...about, when && `came ${when}`].filter(Boolean).join(', '),
    context,
    command: { id: 'itk3.openReceived', title: 'Open' },
  };
}

/** In a list that is narrow, what all have in common must not push out of view what differs. All of it is in the tooltip. */
function shortKind(label: string): string {
  return label.replace(/^ITK (?:Digital Medicine )?(?=\S)|(?<=\S) Document$/g, '');
}

function toldOf(place: Place, received: Received, { answered, nameOf }: Around): Told {
  const { acknowledgement, report, unreadable, patient, asks, from } = received;
  const document = answered(received);
  if (report) {
    const about = document ?? report.linkedMessageId;
    return {
      icon: 'circle-slash',
      colour: 'list.errorForeground',
      state: 'not delivered',
      about: [about === undefined ? 'does not say which message' : oneLine(about)],
      context: 'itk3.received.report',
    };
  }
  const who = from === undefined ? undefined : (nameOf(place, from) ?? maskAddress(oneLine(from)));
  const sender = who === undefined ? [] : [`from ${who}`];
  if (acknowledgement) {
    const { accepted, layer, answers } = acknowledgement;
    const which =
      document !== undefined
        ? `to ${oneLine(document)}`
        : answers === undefined
          ? 'does not say what it answers'
          : `to ${mask(oneLine(answers)).slice(0, 8)}…, not sent from here`;
    const [icon, colour, state] =
      accepted === undefined
        ? ['question', 'list.warningForeground', 'unclear']
        : accepted
          ? ['pass', 'testing.iconPassed', 'accepted']
          : ['error', 'testing.iconFailed', 'rejected'];
    return {
      icon,
      colour,
      state,
      about: [which, ...(layer ? [layer] : []), ...sender],
      context: 'itk3.received.answer',
    };
  }
  const whom = patient === undefined ? [] : [patient];
  if (unreadable !== undefined)
    return {
      icon: 'warning',
      colour: 'list.warningForeground',
      state: mask(oneLine(unreadable)).replace(/\.$/, ''),
      about: [...whom, ...sender],
      context: 'itk3.received.message',
    };
  return { icon: 'mail', state: wanted(asks), about: [...whom, ...sender], context: 'itk3.received.message' };
}

function wanted(asks: Received['asks']): string {
  const layers = [...(asks?.infrastructure ? ['infrastructure'] : []), ...(asks?.business ? ['business'] : [])];
  if (!asks) return 'does not say whether it wants acknowledgements';
  if (layers.length === 0) return 'wants no acknowledgement';
  return layers.length === 2 ? 'wants both acknowledgements' : `wants the ${layers[0]} acknowledgement`;
}

// Follows what was sent without anybody asking: real mailboxes by the clock, the window's own sandbox when something lands.
import * as vscode from 'vscode';
import { LEAST_MINUTES } from '../../exchange/look-interval';
import { keyOf, type Place } from '../../exchange/place';
import { awaitedSince } from '../../exchange/timeline';
import { PHARMACY, pharmacyOf } from '../sandbox';
import type { Toolkit } from '../toolkit';
import type { MailboxesView } from '../views/mailboxes';
import { knownPlaces } from './known-places';
import type { Looks } from '../../exchange/looks';
import { createPolling } from './polling';

/** Milliseconds between two looks at the clock. */
const TICK = 15_000;

/** Milliseconds: answers come in twos, and whoever sends looks by themselves. */
const BREATH = 300;

export function startFollowing(
  { sandbox, inboxes, journal, departing, output }: Toolkit,
  view: MailboxesView,
  looks: Looks,
): vscode.Disposable {
  const awaited = (place: Place): Date | undefined => awaitedSince(journal.exchanges, keyOf(place));
  const quietly = (work: Promise<unknown>): void => {
    work.catch((error: unknown) =>
      output.log(`following failed with ${error instanceof Error ? error.name : typeof error}`),
    );
  };
  const polling = createPolling({
    places: () => knownPlaces(sandbox),
    isWanted: (place) => awaited(place) !== undefined || (vscode.window.state.focused && view.isSeen(place)),
    minutes,
    lastLook: (place) => looks.last(place),
    look: (place) => inboxes.look(place, { quiet: true, since: awaited(place) }),
    state: (place) => inboxes.of(place),
    now: () => new Date(),
  });
  const timer = setInterval(() => quietly(polling.tick()), TICK);

  let soon: NodeJS.Timeout | undefined;
  const lookSoon = (): void => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      // Whoever sends reads the answers and tells of them.
      if (departing.size > 0) lookSoon();
      else if (sandbox.running) quietly(inboxes.look(pharmacyOf(sandbox.running), { quiet: true }));
    }, BREATH);
  };
  let own: Place | undefined;
  const follow = (): void => {
    const { running } = sandbox;
    if (!running && own) inboxes.forget(own);
    if (running && !own) lookSoon();
    own = running && pharmacyOf(running);
  };
  follow();
  return vscode.Disposable.from(
    sandbox.onDidChange(follow),
    sandbox.onDidDeliver((mailbox) => {
      if (mailbox === PHARMACY.mailbox) lookSoon();
    }),
    {
      dispose: () => {
        clearInterval(timer);
        clearTimeout(soon);
      },
    },
  );
}

function minutes(): number {
  const wanted = vscode.workspace.getConfiguration('itk3.following').get<unknown>('poll');
  return typeof wanted === 'number' && wanted >= 0 ? wanted : LEAST_MINUTES;
}

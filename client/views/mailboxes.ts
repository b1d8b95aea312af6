// The view Mailboxes: shows what the model says, and redraws when something has changed.
import * as vscode from 'vscode';
import { keyOf, type Place } from '../../exchange/place';
import type { Looks } from '../../exchange/looks';
import { knownPlaces, nameOfMailbox } from '../following/known-places';
import { onDidChangePlaces } from '../mailboxes/mailboxes';
import type { Toolkit } from '../toolkit';
import { childrenOf, type Element, itemOf, parentOf, type Shown } from './mailboxes-model';
import { alarm, treeItemOf } from './tree-item';

const VIEW = 'itk3.mailboxes';

/** Milliseconds: a look brings a message after the other, and a person sees no more often. */
const BREATH = 100;

export interface MailboxesView {
  /** True while what lies in the mailbox can be seen. */
  isSeen(place: Place): boolean;
  /** So many more have come while nobody looked. */
  noteNew(count: number): void;
  dispose(): void;
}

export function createMailboxesView(toolkit: Toolkit, looks: Looks, onDidReadLooks: vscode.Event<void>): MailboxesView {
  const { sandbox, inboxes, journal } = toolkit;
  const changed = new vscode.EventEmitter<undefined>();
  const shown = (): Shown => {
    const { running } = sandbox;
    return {
      places: knownPlaces(sandbox),
      sandbox: running && { port: running.port, strict: running.strict, scenario: running.scenario },
      state: (place) => inboxes.of(place),
      lookedBefore: (place) => looks.known(place),
      answered: (received) => journal.of(received)?.attempt.document.name,
      nameOf: (place, mailbox) => nameOfMailbox(sandbox, place, mailbox),
      now: new Date(),
    };
  };
  const view = vscode.window.createTreeView<Element>(VIEW, {
    canSelectMany: true,
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (element) => childrenOf(element, shown()),
      getTreeItem: (element) => treeItemOf(itemOf(element, shown()), element),
      getParent: parentOf,
    },
  });

  let soon: NodeJS.Timeout | undefined;
  const redraw = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined;
      changed.fire(undefined);
      showWhetherLooking();
    }, BREATH);
  };

  let looking: (() => void) | undefined;
  const showWhetherLooking = (): void => {
    const any = knownPlaces(sandbox).some((place) => inboxes.of(place).looking);
    if (any && !looking)
      void vscode.window.withProgress(
        { location: { viewId: VIEW } },
        () => new Promise<void>((resolve) => (looking = resolve)),
      );
    else if (!any) {
      looking?.();
      looking = undefined;
    }
  };

  const open = new Set<string>();
  const keyIn = (element: Element): string | undefined => ('place' in element ? keyOf(element.place) : undefined);
  let fresh = 0;
  const noteNew = (count: number): void => {
    fresh = view.visible ? 0 : fresh + count;
    const tooltip = `${fresh} new in the mailboxes`;
    view.badge = fresh > 0 ? { value: fresh, tooltip } : undefined;
  };

  const parts = vscode.Disposable.from(
    view,
    changed,
    alarm(),
    inboxes.onDidChange(redraw),
    sandbox.onDidChange(redraw),
    onDidChangePlaces(redraw),
    onDidReadLooks(redraw),
    view.onDidChangeVisibility(() => noteNew(0)),
    view.onDidCollapseElement(({ element }) => open.delete(keyIn(element) ?? '')),
    view.onDidExpandElement(({ element }) => {
      const key = keyIn(element);
      if (key === undefined || !('place' in element)) return;
      open.add(key);
      // Whoever opens it wants to see what is in it; asking for a password is another step.
      if (!inboxes.of(element.place).lookedAt) void inboxes.look(element.place, { quiet: true });
    }),
  );
  return {
    isSeen: (place) => view.visible && open.has(keyOf(place)),
    noteNew,
    dispose() {
      clearTimeout(soon);
      looking?.();
      parts.dispose();
    },
  };
}

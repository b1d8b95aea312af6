// What worked last in this window, offered first the next time. Pure: no editor.
import { keyOf } from '../../exchange/place';
import { isByPatient } from './recipient-dialogue';
import type { Route } from './route';

/** Mailboxes are remembered by their key (`keyOf`) and looked up again in the settings, which may have changed. */
export interface Recent {
  /** Newest first. Without `to`, to where the message itself says. */
  routes: { from: string; to: string | undefined }[];
  /** The mailbox that sent or was read last. */
  mailbox?: string;
}

const MOST = 5;

/** Puts a route that worked on top of the list. An address made from a message is made anew from the next one. */
export function rememberRoute(recent: Recent, route: Route): void {
  const [from, to] = [keyOf(route.from), route.byMessage ? undefined : route.to];
  recent.mailbox = from;
  // A patient's address that was typed is for that patient: offered again, masked, it would take another one's message.
  if (to !== undefined && isByPatient(to)) return;
  const others = recent.routes.filter((one) => one.from !== from || one.to !== to);
  recent.routes = [{ from, to }, ...others].slice(0, MOST);
}

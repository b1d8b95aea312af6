// Sends the message in front, or a file: judged first, told in full unless it goes to the window's sandbox, and never twice at once.
import * as vscode from 'vscode';
import { isObject, text } from '../../core/json';
import { readFormat } from '../../exchange/place-settings';
import type { Answered } from '../sending/answers';
import { depart, type Wishes } from '../sending/depart';
import { chooseRoute, findRoute } from '../sending/route';
import type { Toolkit } from '../toolkit';

/** What keybindings and tests may answer beforehand. The questions that guards ask are asked all the same. */
export interface SendOptions extends Wishes {
  from: string;
  /** A mailbox id, or GPPROVIDER for the practice of the message's patient. */
  to: string;
}

/**
 * @param uri a file; without one, the editor in front
 * @param options SendOptions; anything else (menus pass things of their own) is ignored
 * @returns what was sent and what came back; undefined when nothing was sent
 */
export async function sendMessage(toolkit: Toolkit, uri?: unknown, options?: unknown): Promise<Answered | undefined> {
  const given = readSendOptions(options);
  return depart(
    toolkit,
    uri instanceof vscode.Uri ? uri : undefined,
    (addressed) => (given ? findRoute(toolkit, addressed, given.from, given.to) : chooseRoute(toolkit, addressed)),
    given,
  );
}

export function readSendOptions(options: unknown): SendOptions | undefined {
  if (!isObject(options)) return undefined;
  const [from, to] = [text(options.from), text(options.to)];
  if (from === undefined || to === undefined) return undefined;
  const { anyway, again, confirmed } = options;
  return {
    from,
    to,
    anyway: anyway === true,
    again: again === 'fresh' || again === 'same' ? again : undefined,
    confirmed: confirmed === true,
    format: readFormat(options.format),
  };
}

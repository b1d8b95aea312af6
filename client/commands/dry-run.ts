import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { dryRun as tellDryRun } from '../../exchange/dry-run';
import { whyForbidden } from '../../exchange/guards';
import { address, askWorkflow, departureOf, wireOf } from '../sending/departure';
import { chooseRoute, findRoute } from '../sending/route';
import { openMessage } from '../documents';
import { guardPolicies } from '../sending/policies';
import { showWhatLeaves } from '../sending/what-leaves';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';
import { readSendOptions } from './send-message';

/**
 * Shows what would be sent of the file given, or of the editor in front, and sends nothing.
 * @param options SendOptions, and `whole: true` for the patient too
 * @returns the text that is shown
 */
export async function dryRun(toolkit: Toolkit, uri?: unknown, options?: unknown): Promise<string | undefined> {
  const message = await openMessage(uri instanceof vscode.Uri ? uri : undefined);
  if (typeof message === 'string') {
    tell('warning', message);
    return undefined;
  }
  const given = readSendOptions(options);
  const addressed = address(message, toolkit);
  const route = await (given
    ? findRoute(toolkit, addressed, given.from, given.to)
    : chooseRoute(toolkit, addressed, 'Dry run: nothing is sent'));
  if (typeof route === 'string') tell('warning', route);
  if (typeof route !== 'object') return undefined;
  const workflowId = addressed.workflowId ?? (await askWorkflow(message));
  if (workflowId === undefined) return undefined;
  const wire = wireOf(message, route.from, given?.format);
  if ('problem' in wire) {
    tell('warning', `${message.name} cannot be sent in this form. ${wire.problem}`);
    return undefined;
  }
  const departure = departureOf(toolkit, message, { addressed, route, workflowId, wire });
  let whole = isObject(options) && options.whole === true;
  const forbidden = whyForbidden(departure.from, [departure], guardPolicies())?.sentence;
  const text = (): string => tellDryRun(message.name, departure, { whole, forbidden });
  const shown = text();
  const renew = await toolkit.pages.show({
    name: `Dry run of ${message.name}`,
    text,
    actions: [
      { title: 'Copy', run: () => vscode.env.clipboard.writeText(text()) },
      {
        title: 'Show or hide the patient',
        run: () => {
          whole = !whole;
          renew();
        },
      },
      // What leaves as it was written is at hand already.
      ...(wire.from === undefined
        ? []
        : [{ title: 'Show what leaves', run: () => showWhatLeaves(toolkit.pages, message, wire) }]),
      { title: 'Send message…', run: () => vscode.commands.executeCommand('itk3.sendMessage', message.uri) },
    ],
  });
  return shown;
}

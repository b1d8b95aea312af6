// Sends the messages of a folder or a selection in the explorer, one after another, and ends in a table.
import * as vscode from 'vscode';
import { whyForbidden } from '../../exchange/guards';
import { maskAddress } from '../../mesh/errors';
import { countRows, type LeftOut, type Row, tableOf } from '../../exchange/several';
import { plural } from '../../exchange/outgoing';
import { askMessages, filesMeant } from '../ask-messages';
import { filesIn, judge, MOST_FILES, type NamedMessage } from '../sending/candidates';
import { chooseAmongErrors, chooseAmongRepeated, confirmSeveral } from '../sending/confirm-several';
import { address } from '../sending/departure';
import { openGuards } from '../sending/depart';
import { guardPolicies } from '../sending/policies';
import { rememberRoute } from '../sending/recent';
import { chooseRoute, findRoute, type Route } from '../sending/route';
import { routed, sendAll, type SentRow } from '../sending/several';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';
import { readSendOptions, type SendOptions } from './send-message';

/**
 * @param uri the file or folder that was clicked @param selected all that are selected, as the explorer gives them
 * @param options SendOptions; what guards ask for is asked all the same
 * @returns the rows of the table; undefined when nothing was sent
 */
export async function sendMessages(
  toolkit: Toolkit,
  uri?: unknown,
  selected?: unknown,
  options?: unknown,
): Promise<Row[] | undefined> {
  const given = readSendOptions(options);
  const files = await filesIn(filesMeant(uri, selected) ?? (await askMessages('Messages to send', 'Check them')) ?? []);
  if (files.length === 0) return undefined;
  if (files.length > MOST_FILES) return refuse(`These are more than ${MOST_FILES} files: send fewer at a time.`);
  const found = await judge(files);
  if (!found) return undefined;
  const [some] = found.leftOut;
  if (found.messages.length === 0)
    return refuse(files.length === 1 && some ? some.why : `None of these ${files.length} files is a message.`);
  const judged = await chooseAmongErrors(found.messages, given?.anyway);
  if (!judged) return undefined;
  const route = await oneRoute(toolkit, judged.kept, given);
  if (typeof route === 'string') return refuse(route);
  return route && send(toolkit, route, judged.kept, [...found.leftOut, ...judged.leftOut], given);
}

async function send(
  toolkit: Toolkit,
  route: Route,
  messages: readonly NamedMessage[],
  already: readonly LeftOut[],
  given: SendOptions | undefined,
): Promise<Row[] | undefined> {
  const { from } = route;
  const ways = await routed(toolkit, messages, route, given?.format);
  const chosen = await chooseAmongRepeated(ways.going, given?.again);
  if (!chosen) return undefined;
  const going = chosen.kept;
  const leftOut = [...already, ...ways.leftOut, ...chosen.leftOut];
  const departures = going.map(({ departure }) => departure);
  const forbidden = whyForbidden(from, departures, guardPolicies());
  if (forbidden) {
    tell('error', forbidden.sentence, forbidden.because === 'policy' ? { 'Open settings': openGuards } : {});
    return undefined;
  }
  if (going.length > 0 && !(await confirmSeveral(from, going, leftOut, given?.confirmed))) return undefined;
  const client = going.length > 0 ? await toolkit.connections.connect(from) : undefined;
  if (going.length > 0 && !client) return undefined;
  const rows = client
    ? await sendAll(toolkit, { from, client, going, leftOut })
    : leftOut.map(({ name, why }): SentRow => ({ name, outcome: 'left out', says: why }));
  if (rows.some(({ outcome }) => outcome === 'sent')) rememberRoute(toolkit.recent, route);
  await lookForAnswers(toolkit, route);
  return showTable(toolkit, route, rows);
}

/** From the window's sandbox they have come already. */
async function lookForAnswers({ sandbox, inboxes }: Toolkit, { from }: Route): Promise<void> {
  if (!from.sandbox) return;
  await sandbox.running?.settled();
  await inboxes.look(from, { quiet: true });
}

/** It follows what comes back for as long as it is open. */
async function showTable(toolkit: Toolkit, route: Route, sent: readonly SentRow[]): Promise<Row[]> {
  const { journal, pages } = toolkit;
  const { from, to, byMessage } = route;
  const whom = byMessage ? 'by their patients' : `to ${maskAddress(to)}`;
  const title = `Sent from ${from.name} (${from.environment}) ${whom}`;
  const rows = (): Row[] =>
    sent.map(({ attempt, ...row }) => {
      const exchange = attempt === undefined || row.outcome === 'not sent' ? undefined : journal.get(attempt);
      return exchange ? { ...row, says: exchange.headline } : row;
    });
  const showSent = (): unknown => vscode.commands.executeCommand('itk3.sent.focus');
  const renew = await pages.show({
    name: `Sent: ${countRows(sent)}`,
    text: () => tableOf(title, rows()),
    actions: [
      { title: 'Copy', run: () => vscode.env.clipboard.writeText(tableOf(title, rows())) },
      { title: 'Show the view Sent', run: showSent },
    ],
    onClose: () => {
      following.dispose();
    },
  });
  const following = journal.onDidChange(renew);
  return rows();
}

/** By the first that says where it goes; each goes to the practice of its own patient where that is chosen. */
async function oneRoute(
  toolkit: Toolkit,
  messages: readonly NamedMessage[],
  given: SendOptions | undefined,
): Promise<Route | string | undefined> {
  const addresses = messages.map(({ message }) => address(message, toolkit));
  const addressed = addresses.find(({ to }) => to !== undefined) ?? addresses[0];
  if (!addressed) return 'There is nothing to send.';
  const title = `Send ${plural(messages.length, 'message')} to MESH mailbox`;
  return given ? findRoute(toolkit, addressed, given.from, given.to) : chooseRoute(toolkit, addressed, title);
}

/** Said, and nothing is sent. */
function refuse(sentence: string): Row[] | undefined {
  tell('warning', sentence);
  return undefined;
}

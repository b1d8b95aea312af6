// Tries a mailbox: whether it is reached, and MESH lets it be used. Nothing is sent, and nothing taken out.
import * as vscode from 'vscode';
import { type Place, whereIs } from '../../exchange/place';
import { clock } from '../../exchange/when';
import { MeshError, sentenceOf } from '../../mesh/errors';
import { triedOf } from '../mailboxes/add-mailbox';
import { choosePlace, tellNone } from '../mailboxes/choose-place';
import type { Proof } from '../mailboxes/connections';
import { diagnose, provedBy } from '../../exchange/diagnosis';
import { configuredPlaces } from '../mailboxes/mailboxes';
import { pharmacyOf } from '../sandbox';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param which an element of the view, a mailbox id or the name of a mailbox
 * @returns by what it was shown to work; undefined when it was not
 */
export async function testMailbox(toolkit: Toolkit, which?: unknown): Promise<Proof | undefined> {
  const { running } = toolkit.sandbox;
  const places = [...(running ? [pharmacyOf(running)] : []), ...configuredPlaces()];
  const place = await choosePlace(places, which, 'Test mailbox');
  if (place) return test(toolkit, place);
  if (which !== undefined || places.length === 0) tellNone();
  return undefined;
}

async function test(toolkit: Toolkit, place: Place, again = false): Promise<Proof | undefined> {
  try {
    const proof = await toolkit.connections.test(place, { again });
    if (proof) tellProof(toolkit, place, proof);
    return proof;
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    if (error.kind !== 'cancelled') tellFailure(toolkit, place, error);
    return undefined;
  }
}

function tellProof(toolkit: Toolkit, place: Place, proof: Proof): void {
  const works = `${place.name} works: ${provedBy(triedOf(place)).join('; ')}.`;
  if (proof.by === 'handshake') {
    tell('information', works);
    return;
  }
  const count = proof.waiting;
  const waiting = count === 0 ? 'no message waits' : count === 1 ? '1 message waits' : `${count} messages wait`;
  const rule = `MESH wants no more than one handshake an hour and had one at ${clock(proof.shaken)}, so its inbox was counted: ${waiting}.`;
  tell('information', `${works} ${rule}`, { 'Handshake all the same': () => test(toolkit, place, true) });
}

function tellFailure(toolkit: Toolkit, place: Place, error: MeshError): void {
  const { what, right, answers, setting } = diagnose(error, triedOf(place));
  const seen = right.length === 0 ? '' : ` What is right: ${right.join('; ')}.`;
  const secret = answers.includes('password') || answers.includes('sharedKey');
  tell('error', `${whereIs(place)} does not work. What is wrong: ${what}. ${sentenceOf(error)}${seen}`, {
    ...(secret && !place.sandbox
      ? {
          'Enter the password again': async () => {
            await toolkit.connections.keeper.forget(place);
            return test(toolkit, place);
          },
        }
      : {}),
    ...(answers.length > 0 && !place.sandbox
      ? { 'Change the mailbox': () => vscode.commands.executeCommand('itk3.editMailbox', { place }) }
      : {}),
    ...(setting !== undefined && answers.length === 0
      ? { 'Open the setting': () => vscode.commands.executeCommand('workbench.action.openSettings', setting) }
      : {}),
    'Try again': () => test(toolkit, place),
  });
}

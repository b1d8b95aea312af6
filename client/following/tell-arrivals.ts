import * as vscode from 'vscode';
import { type Arrival, tellArrivals } from '../../exchange/arrivals';
import type { Place } from '../../exchange/place';
import { tell } from '../tell';

/** One quiet notification for all that a look has brought. */
export function tellArrived(place: Place, arrivals: readonly Arrival[]): void {
  const told = tellArrivals(arrivals);
  if (!told) return;
  const { kind, sentence, open } = told;
  tell(kind, sentence, {
    ...(open
      ? {
          'Show response': () =>
            vscode.commands.executeCommand('itk3.openReceived', { place, received: open.received }),
          'Show what was sent': () =>
            vscode.commands.executeCommand('itk3.openSent', { sent: open.exchange.attempt.id }),
        }
      : { 'Show sent': () => vscode.commands.executeCommand('itk3.sent.focus') }),
  });
}

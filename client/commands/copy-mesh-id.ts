// Copies what MESH calls a sent message: its service desk asks for it.
import * as vscode from 'vscode';
import { sentMeant } from '../following/sent-meant';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** @param argument an element of the view Sent, or `{ sent }` with the id of the attempt */
export async function copyMeshId(toolkit: Toolkit, argument?: unknown): Promise<void> {
  const exchange = sentMeant(toolkit, argument);
  if (!exchange) return;
  const { meshId, attempt } = exchange;
  if (meshId === undefined) tell('information', `MESH’s id of ${attempt.document.name} is not known.`);
  else await vscode.env.clipboard.writeText(meshId);
}

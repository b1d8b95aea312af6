import * as vscode from 'vscode';

/** Shows the preview of a message, in the group in front or beside it. */
export function showPreview(uri: vscode.Uri, toSide: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand(toSide ? 'itk3.showPreviewToSide' : 'itk3.showPreview', uri);
}

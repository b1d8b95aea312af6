// The command behind a code lens: the server's plain places become those of VS Code's own list of references.
import * as vscode from 'vscode';
import { type LanguageClient, Location, Position } from 'vscode-languageclient/node';

/** The underscore is VS Code's mark of commands that no person calls. */
export const SHOW_REFERENCES = '_itk3.showReferences';

export function registerShowReferences({ protocol2CodeConverter: convert }: LanguageClient): vscode.Disposable {
  return vscode.commands.registerCommand(SHOW_REFERENCES, (uri: unknown, position: unknown, locations: unknown) => {
    if (typeof uri !== 'string' || !Position.is(position) || !Array.isArray(locations)) return undefined;
    const places = locations.filter((one) => Location.is(one)).map((one) => convert.asLocation(one));
    return vscode.commands.executeCommand(
      'editor.action.showReferences',
      convert.asUri(uri),
      convert.asPosition(position),
      places,
    );
  });
}

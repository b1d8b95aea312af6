// Over a received document: what it says in a line, and what can be done about it.
import * as vscode from 'vscode';
import { formatOf } from '../../core/document/read-document';
import type { Received } from '../../exchange/received';
import { type ResponseSentence, type Verdict, sentenceOfResponse } from '../../exchange/response-sentence';
import { knowledge } from '../knowledge';
import { mayBeFhir } from '../language/fhir-text';
import type { Toolkit } from '../toolkit';
import { formOf, RECEIVED_SCHEME } from './received-documents';
import { messageIn, openMessageOf } from './what-was-sent';

const TOP = new vscode.Range(0, 0, 0, 0);
const BELOW = new vscode.Range(1, 0, 1, 0);

const ICONS: Readonly<Record<Verdict, string>> = {
  accepted: 'pass',
  rejected: 'error',
  unclear: 'question',
  'not delivered': 'warning',
};

export function provideReceivedLenses(toolkit: Toolkit): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    { scheme: RECEIVED_SCHEME },
    {
      provideCodeLenses({ uri }) {
        const received = toolkit.responses.of(uri);
        const isWanted = vscode.workspace.getConfiguration('itk3').get<unknown>('codeLens') !== false;
        return received && isWanted ? lensesOf(toolkit, received, uri) : [];
      },
    },
  );
}

function lensesOf({ responses }: Toolkit, received: Received, uri: vscode.Uri): vscode.CodeLens[] {
  const answers = received.acknowledgement?.answers;
  const sent = answers === undefined ? undefined : openMessageOf(answers);
  const sentAs = responses.sentAs(received);
  const said = sentenceOfResponse(received, sentAs, sent && messageIn(sent), knowledge());
  const commands: vscode.Command[] = [];
  const offer = (command: string, title: string): void => {
    commands.push({ command, title, arguments: [uri] });
  };
  if (said) commands.push(verdict(said, uri));
  if (said?.element) offer('itk3.goToElement', '$(target) Go to the element');
  else if (said && said.verdict !== 'accepted' && received.acknowledgement)
    offer('itk3.goToElement', '$(go-to-file) Show what was sent');
  offer('itk3.showPreviewToSide', '$(open-preview) Preview');
  const hasForms = received.text !== undefined && mayBeFhir(formatOf(received.text), received.text);
  const form = hasForms ? formOf(uri.path) : undefined;
  if (form === 'xml') offer('itk3.openAsJson', '$(json) Open as JSON');
  if (form === 'json') offer('itk3.openAsXml', '$(code) Open as XML');
  if (received.text !== undefined && received.text !== '') offer('itk3.saveAsFixture', '$(save-as) Save as fixture…');
  const lenses = commands.map((command) => new vscode.CodeLens(TOP, command));
  // On a line of its own: what can be pressed must not be pushed out of sight.
  return said && said.verdict !== 'accepted' ? [...lenses, new vscode.CodeLens(BELOW, deed(said))] : lenses;
}

function verdict(said: ResponseSentence, uri: vscode.Uri): vscode.Command {
  const title = `$(${ICONS[said.verdict]}) ${said.headline}`;
  return { command: 'itk3.showPreviewToSide', title, tooltip: wholeOf(said), arguments: [uri] };
}

/** The first part of what is to be done; all of it in the hover. */
function deed(said: ResponseSentence): vscode.Command {
  const [first = ''] = said.next.split(/(?<=[.:]) /);
  return { command: '', title: `$(arrow-small-right) ${first.replace(/[.:]$/, '')}`, tooltip: wholeOf(said) };
}

function wholeOf({ sentence, meaning, next, conflict }: ResponseSentence): string {
  return [sentence, meaning, next, conflict].filter(Boolean).join('\n\n');
}

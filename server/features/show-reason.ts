// "Except here": writes the exception into the file beside the message and puts the cursor where its reason goes.
import { type CodeAction, CreateFile, Position, TextDocumentEdit } from 'vscode-languageserver';
import { applyTextEdits } from '../../core/document/text-edits';
import { sidecarOf } from '../../core/exceptions/exception';
import { writeException } from '../../core/exceptions/write';
import type { Finding } from '../../core/finding';
import { editOf } from '../convert';
import type { Pair } from '../exceptions';
import type { Feature, Session } from '../feature';

const COMMAND = 'itk3.showReason';

/** Run by the client when the exception has been written: only then there is something to show. */
export const showReason: Feature = {
  capabilities: { executeCommandProvider: { commands: [COMMAND] } },
  register({ connection }) {
    connection.onExecuteCommand(async ({ command, arguments: [uri, at] = [] }) => {
      if (command !== COMMAND || typeof uri !== 'string' || !Position.is(at)) return null;
      await connection.window.showDocument({ uri, takeFocus: true, selection: { start: at, end: at } });
      return null;
    });
  },
};

/** Undefined where there is no file to stand beside, or the client cannot make one. */
export function exceptionFor(finding: Finding, pair: Pair, session: Session): CodeAction | undefined {
  const { client, documents, forms, texts } = session;
  const { uri, message, sidecar } = pair;
  const form = message && forms.of(message);
  if (!form || !uri.startsWith('file:') || !client.versionedEdits || !(sidecar ?? client.createdFiles))
    return undefined;
  const target = sidecar ?? texts.create(sidecarOf(uri), 'json', 0, '');
  const text = target.getText();
  const written = writeException(text, finding, form.checked.findings, form.source.value);
  if (!written) return undefined;
  const after = texts.create(target.uri, 'json', 0, applyTextEdits(text, written.edits));
  const edits = written.edits.map((edit) => editOf(target, edit));
  const version = documents.get(target.uri)?.version ?? null;
  return {
    title: `Except ${finding.rule} here, with a reason…`,
    edit: {
      documentChanges: [
        ...(sidecar ? [] : [CreateFile.create(target.uri, { ignoreIfExists: true })]),
        TextDocumentEdit.create({ uri: target.uri, version }, edits),
      ],
    },
    ...(client.shownDocuments && {
      command: {
        title: 'Write the reason',
        command: COMMAND,
        arguments: [target.uri, after.positionAt(written.reasonAt)],
      },
    }),
  };
}

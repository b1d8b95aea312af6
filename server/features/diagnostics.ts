import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Diagnostic, DiagnosticSeverity, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { sidecarOf } from '../../core/exceptions/exception';
import type { PlacedFinding } from '../../core/validate/check-document';
import { rangeOf, severityOf } from '../convert';
import { messageOf, type Pair, readPair, shown } from '../exceptions';
import { type Feature, placeOf, type Session } from '../feature';
import { AHEAD, QUIET, TOO_LARGE, unfinished } from '../limits';
import { TooLong } from '../../core/too-long';
import type { Severities } from '../../core/severities';

export const diagnostics: Feature = {
  capabilities: {},
  register(session) {
    const { connection, documents, settings, terminology, limits } = session;
    const waiting = new Map<string, NodeJS.Timeout>();
    const took = new Map<string, number>();
    /** Files of exceptions that problems are shown in. */
    const troubled = new Set<string>();

    const forget = (uri: string): void => {
      clearTimeout(waiting.get(uri));
      waiting.delete(uri);
      took.delete(uri);
    };
    const clear = (uri: string): void =>
      void connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => undefined);
    /** A message and the exceptions beside it are checked together, whichever of them has changed. */
    const schedule = (changed: string): void => {
      const uri = messageOf(changed);
      clearTimeout(waiting.get(uri));
      const check = async (): Promise<void> => {
        for (let i = 0; i < AHEAD; i++) {
          await nextTurn();
          if (waiting.get(uri) !== timer) return;
        }
        waiting.delete(uri);
        const milliseconds = await publish(session, uri, troubled);
        if (milliseconds !== undefined) took.set(uri, milliseconds);
      };
      const last = took.get(uri) ?? 0;
      const quiet = last >= limits.check ? QUIET.stopped : Math.min(Math.max(QUIET.least, last), QUIET.most);
      // Sending fails only when the client has gone.
      const timer = setTimeout(() => void check().catch(() => undefined), quiet);
      waiting.set(uri, timer);
    };

    documents.onDidChangeContent(({ document: { uri } }) => schedule(uri));
    documents.onDidClose(({ document: { uri } }) => {
      clear(uri);
      const message = messageOf(uri);
      const other = uri === message ? sidecarOf(message) : message;
      if (documents.get(other)) schedule(other);
      else {
        forget(message);
        if (troubled.delete(other)) clear(other);
      }
    });
    settings.onChange(() => documents.all().forEach(({ uri }) => schedule(uri)));
    terminology.onNews(({ uri }) => schedule(uri));
    watchFiles(session, schedule);
    connection.onShutdown(() => [...waiting.keys()].forEach(forget));
  },
};

/** Exceptions and the team's file that change on disk are looked at again, where the client can tell of it. */
function watchFiles({ connection, documents, client, settings }: Session, schedule: (uri: string) => void): void {
  let isAsked = false;
  documents.onDidOpen(() => {
    if (isAsked || !client.watchedFiles) return;
    isAsked = true;
    const watchers = [sidecarOf('*'), ...settings.files].map((name) => ({ globPattern: `**/${name}` }));
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => undefined);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) {
      // A client may send anything.
      if (typeof uri !== 'string') continue;
      if (documents.get(messageOf(uri))) schedule(uri);
      settings.written(uri);
    }
  });
}

/** Gives the milliseconds that the check took; undefined when it was dropped. */
async function publish(session: Session, uri: string, troubled: Set<string>): Promise<number | undefined> {
  const { connection, documents, packages, settings } = session;
  const version = documents.get(uri)?.version;
  const openUri = version === undefined ? sidecarOf(uri) : uri;
  if (!documents.get(openUri)) return undefined;
  const known = packages.settled();
  const [rules, pair] = await Promise.all([settings.rulesFor(openUri), readPair(session, uri), known]);
  // While these were asked for, the document may have moved on; its next check is already waiting.
  if (documents.get(uri)?.version !== version || !documents.get(openUri)) return undefined;
  const start = performance.now();
  const { findings, beside } = diagnose(session, pair, rules);
  const took = performance.now() - start;
  if (version !== undefined) await connection.sendDiagnostics({ uri, version, diagnostics: findings });
  const sidecar = sidecarOf(uri);
  const open = documents.get(sidecar);
  const wasTroubled = troubled.delete(sidecar);
  if (beside.length > 0) troubled.add(sidecar);
  if (open || wasTroubled || beside.length > 0)
    await connection.sendDiagnostics({ uri: sidecar, ...(open && { version: open.version }), diagnostics: beside });
  return took;
}

function diagnose(session: Session, pair: Pair, rules: Severities): { findings: Diagnostic[]; beside: Diagnostic[] } {
  const { forms, connection, packages, limits } = session;
  const { message, sidecar } = pair;
  try {
    if (message && forms.isTooLarge(message)) {
      return { findings: [plain(TOO_LARGE, DiagnosticSeverity.Information)], beside: [] };
    }
    const { findings, beside } = shown(pair, rules, session);
    return {
      findings: message ? findings.map((finding) => diagnosticOf(finding, message, session)) : [],
      beside: sidecar ? beside.map((finding) => diagnosticOf(finding, sidecar, session)) : [],
    };
  } catch (error) {
    if (error instanceof TooLong) {
      const why = unfinished(limits);
      connection.console.warn(why);
      packages.renew();
      return { findings: [plain(why, DiagnosticSeverity.Information)], beside: [] };
    }
    connection.console.error(`A check failed: ${placeOf(error)}`);
    const why = 'The check of this document failed: a mistake in ITK3 Toolkit, not in the message. Please report it.';
    return { findings: [plain(why, DiagnosticSeverity.Warning)], beside: [] };
  }
}

export function diagnosticOf(finding: PlacedFinding, document: TextDocument, { client }: Session): Diagnostic {
  const { span, severity, rule, message, source, relatedSpans } = finding;
  const href = source?.url;
  const related = relatedSpans.map((one) => ({
    location: { uri: document.uri, range: rangeOf(document, one.span) },
    message: one.message,
  }));
  return {
    range: rangeOf(document, span),
    severity: severityOf(severity),
    source: 'itk3',
    code: rule,
    ...(href !== undefined && { codeDescription: { href } }),
    message,
    ...(client.relatedInformation && related.length > 0 && { relatedInformation: related }),
  };
}

function plain(message: string, severity: DiagnosticSeverity): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity, source: 'itk3', message };
}

import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Severity } from '../../core/finding';
import type { PlacedFinding } from '../../core/validate/check-document';
import { rangeOf, severityOf } from '../convert';
import type { Form } from '../documents';
import { type Feature, placeOf, type Session } from '../feature';
import type { Severities } from '../../core/severities';

/**
 * Milliseconds without a change after which a document is checked: fast typing makes one check, not many. Where a check
 * takes long, so long is waited, up to a point.
 */
const QUIET = { least: 25, most: 250 };

export const diagnostics: Feature = {
  capabilities: {},
  register(session) {
    const { connection, documents, settings, terminology } = session;
    const waiting = new Map<string, NodeJS.Timeout>();
    const took = new Map<string, number>();

    const forget = (uri: string): void => {
      clearTimeout(waiting.get(uri));
      waiting.delete(uri);
    };
    const schedule = ({ uri }: TextDocument): void => {
      forget(uri);
      const check = (): void => {
        waiting.delete(uri);
        const document = documents.get(uri);
        if (!document) return;
        // Sending fails only when the client has gone.
        publish(session, document).then(
          (milliseconds) => took.set(uri, milliseconds),
          () => undefined,
        );
      };
      waiting.set(uri, setTimeout(check, Math.min(Math.max(QUIET.least, took.get(uri) ?? 0), QUIET.most)));
    };

    documents.onDidChangeContent(({ document }) => schedule(document));
    documents.onDidClose(({ document: { uri } }) => {
      forget(uri);
      took.delete(uri);
      connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => undefined);
    });
    settings.onChange(() => documents.all().forEach(schedule));
    terminology.onNews(schedule);
    connection.onShutdown(() => [...waiting.keys()].forEach(forget));
  },
};

/** Gives the milliseconds that the check took; 0 when it was dropped. */
async function publish(session: Session, document: TextDocument): Promise<number> {
  const { connection, documents, settings } = session;
  const { uri, version } = document;
  const rules = await settings.rulesFor(uri);
  // While the settings were asked for, the document may have moved on; its next check is already waiting.
  if (documents.get(uri)?.version !== version) return 0;
  const start = performance.now();
  const diagnostics = diagnose(session, document, rules);
  const took = performance.now() - start;
  await connection.sendDiagnostics({ uri, version, diagnostics });
  return took;
}

function diagnose(session: Session, document: TextDocument, rules: Severities): Diagnostic[] {
  const { forms, connection } = session;
  try {
    if (forms.isTooLarge(document))
      return [plain('This document is larger than 20 MB, so it is not checked: no ITK3 message is as large as that.')];
    const form = forms.of(document);
    return form ? shown(form, rules).map((finding) => diagnosticOf(finding, document, session)) : [];
  } catch (error) {
    connection.console.error(`A check failed: ${placeOf(error)}`);
    return [
      plain('The check of this document failed: a mistake in ITK3 Toolkit, not in the message. Please report it.'),
    ];
  }
}

/** The findings of a document as the settings want them. */
export function shown({ checked }: Form, rules: Severities): PlacedFinding[] {
  return checked.findings.flatMap((finding) => {
    const level: Severity | 'off' = rules[finding.rule] ?? finding.severity;
    return level === 'off' ? [] : [{ ...finding, severity: level }];
  });
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

function plain(message: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity: DiagnosticSeverity.Warning, source: 'itk3', message };
}

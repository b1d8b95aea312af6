import { pathToFileURL } from 'node:url';
import type { CancellationToken, SymbolInformation } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readDocument, readValue } from '../../core/document/read-document';
import { type Message, readMessage } from '../../core/itk3/message';
import { type OutlineItem, outlineOf } from '../../core/itk3/outline';
import { rangeOf } from '../convert';
import { type Feature, guarded, type Session } from '../feature';
import { pathOf } from '../folders';
import { messageFiles } from '../message-files';
import { isReceived } from '../received';
import { isFhir } from '../../core/document/recognise';
import { SYMBOL_KINDS } from './document-symbol';

/** People, sections and resources of all messages in the folders that are open, by what they are called. */
export const workspaceSymbol: Feature = {
  capabilities: { workspaceSymbolProvider: true },
  register(session) {
    session.connection.onWorkspaceSymbol(({ query }, token) => search(query, session, token));
  },
};

/** Whoever gets more than these types another letter. */
const MOST = 500;

/** First what is open, as it stands in its editor; then the files, read anew each time. What was received is none of these. */
async function search(query: string, session: Session, token: CancellationToken): Promise<SymbolInformation[]> {
  const found: SymbolInformation[] = [];
  const matches = matcher(query);
  const open = new Set<string>();
  for (const document of session.documents.all()) {
    if (isReceived(document.uri)) continue;
    open.add(pathOf(document.uri) ?? '');
    guarded(session, 'Symbols', () => {
      const message = session.forms.of(document)?.message;
      if (message) found.push(...symbolsIn(message, document, matches, session));
    });
  }
  for await (const { path, text } of messageFiles(await session.folders.now())) {
    if (token.isCancellationRequested || found.length >= MOST) break;
    if (open.has(path)) continue;
    guarded(session, 'Symbols', () => {
      const message = isFhir(text, session.knowledge.registry)
        ? readMessage(readValue(text, session.knowledge.registry))
        : undefined;
      const document = session.texts.create(pathToFileURL(path).href, 'json', 0, text);
      if (message) found.push(...symbolsIn(message, document, matches, session));
    });
  }
  return found.slice(0, MOST);
}

function symbolsIn(
  message: Message,
  document: TextDocument,
  matches: (name: string) => boolean,
  session: Session,
): SymbolInformation[] {
  const matching = named(outlineOf(message, session.knowledge)).filter(({ name }) => matches(name));
  if (matching.length === 0) return [];
  const source = session.documents.get(document.uri)
    ? session.forms.of(document)?.source
    : readDocument(document.getText(), session.knowledge.registry);
  if (!source) return [];
  return matching.map(({ name, kind, at, about }) => ({
    name,
    kind: SYMBOL_KINDS[kind],
    location: { uri: document.uri, range: rangeOf(document, source.spanOf(at, 'value')) },
    ...(about !== undefined && { containerName: about }),
  }));
}

/** What a section is of, and the part that a resource plays. */
function named(items: readonly OutlineItem[], owner?: string): (OutlineItem & { about?: string })[] {
  return items.flatMap((item) => {
    const about = item.kind === 'section' ? owner : item.detail;
    return [{ ...item, ...(about !== undefined && { about }) }, ...named(item.inside, item.name)];
  });
}

/** Every word of the query, or the query as one, spaces or not: NHS numbers are written both ways. */
function matcher(query: string): (name: string) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const whole = words.join('');
  return (name) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word)) || lower.replace(/\s+/g, '').includes(whole);
  };
}

import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import { type OutlineItem, type OutlineKind, outlineOf } from '../../core/itk3/outline';
import { rangeOf, within } from '../convert';
import { type Feature, guarded } from '../feature';
import { type Opened, openedAt } from '../pointed';

/** The outline of a message: what it is made of, not how JSON writes it. */
export const documentSymbol: Feature = {
  capabilities: { documentSymbolProvider: { label: 'ITK3 message' } },
  register(session) {
    session.connection.onDocumentSymbol(({ textDocument }) =>
      guarded(session, 'Outline', () => {
        const opened = openedAt(session, textDocument);
        if (!opened) return null;
        const items = outlineOf(opened.message, session.knowledge);
        const symbols = items.map((item) => symbolOf(item, opened));
        return session.client.hierarchicalSymbols ? symbols : flattened(symbols, opened.document.uri);
      }),
    );
  },
};

export const SYMBOL_KINDS: Record<OutlineKind, SymbolKind> = {
  header: SymbolKind.Event,
  bundle: SymbolKind.Package,
  document: SymbolKind.File,
  section: SymbolKind.String,
  person: SymbolKind.Class,
  organisation: SymbolKind.Namespace,
  list: SymbolKind.Array,
  other: SymbolKind.Struct,
};

function symbolOf(item: OutlineItem, opened: Opened): DocumentSymbol {
  const { document, form } = opened;
  const range = rangeOf(document, form.source.spanOf(item.whole, 'value'));
  return {
    name: item.name,
    ...(item.detail !== undefined && { detail: item.detail }),
    kind: SYMBOL_KINDS[item.kind],
    range,
    selectionRange: within(range, rangeOf(document, form.source.spanOf(item.at, 'value'))),
    children: item.inside.map((inner) => symbolOf(inner, opened)),
  };
}

function flattened(symbols: DocumentSymbol[], uri: string, containerName?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children = [] }) => [
    { name, kind, location: { uri, range }, ...(containerName !== undefined && { containerName }) },
    ...flattened(children, uri, name),
  ]);
}

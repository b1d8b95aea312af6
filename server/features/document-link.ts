import type { DocumentLink } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { hasPage } from '../../core/definitions/page/page';
import { publishedPage } from '../../core/definitions/published-page';
import { join, type Pointer } from '../../core/document/pointer';
import { rangeOf } from '../convert';
import { uriOfPage, urlOfPage } from '../definition-pages';
import { type Feature, guarded, type Session } from '../feature';
import { openedAt } from '../pointed';

/**
 * The urls of what we know lead to what we know of it. Editors make a link of every url themselves, but canonical urls name
 * a thing and seldom are the address of its page.
 */
export const documentLink: Feature = {
  capabilities: { documentLinkProvider: { resolveProvider: false } },
  register(session) {
    session.connection.onDocumentLinks(({ textDocument }) =>
      guarded(session, 'Links', () => {
        const page = urlOfPage(textDocument.uri) === undefined ? undefined : session.documents.get(textDocument.uri);
        if (page) return linksInPage(page, session);
        const opened = openedAt(session, textDocument);
        if (!opened) return null;
        const { document, form, message } = opened;
        return urlsIn(message.root.resource).flatMap(({ url, pointer }): DocumentLink[] => {
          const target = targetOf(url, session);
          const inside = { offset: 0, length: url.length };
          return target === undefined
            ? []
            : [{ range: rangeOf(document, form.source.spanOf(pointer, 'value', inside)), target }];
        });
      }),
    );
  },
};

function targetOf(url: string, { client, knowledge }: Session): string | undefined {
  if (!client.definitionDocuments) return publishedPage(url, knowledge.registry);
  return hasPage(url, knowledge) ? uriOfPage(url) : undefined;
}

/** Pages name other definitions. */
function linksInPage(document: TextDocument, session: Session): DocumentLink[] {
  const self = urlOfPage(document.uri);
  return [...document.getText().matchAll(/https?:\/\/[^\s"|,()]+/g)].flatMap(({ 0: found, index }): DocumentLink[] => {
    const url = found.replace(/[.:;]+$/, '');
    const target = url === self ? undefined : targetOf(url, session);
    return target === undefined ? [] : [{ range: rangeOf(document, { offset: index, length: url.length }), target }];
  });
}

function urlsIn(root: unknown): { url: string; pointer: Pointer }[] {
  const found: { url: string; pointer: Pointer }[] = [];
  // Most values are no urls, and need no pointer.
  const path: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.startsWith('http')) found.push({ url: value, pointer: join('', ...path) });
    } else if (typeof value === 'object' && value !== null)
      for (const [name, inside] of Object.entries(value)) {
        path.push(name);
        visit(inside);
        path.pop();
      }
  };
  visit(root);
  return found;
}

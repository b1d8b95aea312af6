// Texts that the toolkit makes for a person: dry runs and tables of what was sent. Read-only documents with their actions on
// top; they live in memory and end with their tab.
import * as vscode from 'vscode';

const PAGE_SCHEME = 'itk3-page';

/** What the actions on top of a page run; no command of its own. */
const ACTION = '_itk3.pageAction';

export interface Page {
  /** In the tab. */
  name: string;
  /** Behind the name: it tells VS Code how to colour the text. Default: txt. */
  ending?: string;
  /** Asked again whenever the page is renewed. */
  text: () => string;
  actions?: readonly { title: string; run: () => unknown }[];
  onClose?: () => void;
}

export interface Pages {
  /** @returns what renews the page, for as long as it is open */
  show(page: Page): Promise<() => void>;
  dispose(): void;
}

export function createPages(): Pages {
  const pages = new Map<string, Page>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let count = 0;
  const actionsOf = (key: string): NonNullable<Page['actions']> => pages.get(key)?.actions ?? [];
  const disposables = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(PAGE_SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ query }) =>
        pages.get(query)?.text() ?? 'This page was kept in memory only and went with the window that made it.\n',
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme: PAGE_SCHEME },
      {
        provideCodeLenses: ({ uri: { query } }) =>
          actionsOf(query).map(({ title }, i) => {
            const command = { title, command: ACTION, arguments: [query, i] };
            return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command);
          }),
      },
    ),
    vscode.commands.registerCommand(ACTION, (key: unknown, index: unknown) =>
      actionsOf(String(key))[Number(index)]?.run(),
    ),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme !== PAGE_SCHEME) return;
      pages.get(uri.query)?.onClose?.();
      pages.delete(uri.query);
    }),
  );
  return {
    async show(page) {
      const query = String(++count);
      pages.set(query, page);
      const name = page.name.replace(/[\\/?#]+/g, ' ').trim();
      const uri = vscode.Uri.from({ scheme: PAGE_SCHEME, path: `/${name}.${page.ending ?? 'txt'}`, query });
      await vscode.window.showTextDocument(uri, { preview: false });
      return () => {
        if (pages.has(query)) changed.fire(uri);
      };
    },
    dispose: () => void disposables.dispose(),
  };
}

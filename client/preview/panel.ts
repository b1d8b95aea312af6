// The one preview of a window. It follows the message in front, unless it is locked to one.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { type Preview, type Verdict } from '../../core/preview/preview';
import { shownAt } from '../../core/preview/spot';
import { nameOf } from '../documents';
import { showProblems, tell } from '../tell';
import { type Answers, answerIn } from './answer';
import { answerHtml } from './answer-html';
import { deeds } from './deeds';
import { nothingParts } from './nothing';
import type { Kept, ToPage } from './page/messages';
import { pageParts, verdictHtml } from './page-html';
import type { Printed } from './print-page';
import { isPreviewable, type Read, readOpen } from './reading';
import { shellOf } from './shell';

const PREVIEW_TYPE = 'itk3.preview';

/** Milliseconds: as one types it is drawn anew when a word is finished rather than at each key. */
const PAUSE = 120;

export interface Previews {
  /** Shows a message, in the group in front or beside it. */
  show(uri: vscode.Uri, toSide: boolean): void;
  /** What is shown; undefined when no preview is open. */
  readonly source: vscode.Uri | undefined;
  readonly locked: boolean;
  /** What is shown, once it is drawn, to be printed; undefined when no preview is open. */
  printed(): Promise<Printed | undefined>;
  toggleLock(): void;
  dispose(): void;
}

export function createPreviews(answers: Answers): Previews {
  let open: Panel | undefined;
  const adopt = (panel: vscode.WebviewPanel, source: vscode.Uri | undefined, locked: boolean): Panel => {
    open?.dispose();
    const made = createPanel(panel, { source, locked, answers });
    panel.onDidDispose(() => {
      made.dispose();
      if (open === made) open = undefined;
    });
    return (open = made);
  };
  const registered = vscode.window.registerWebviewPanelSerializer(PREVIEW_TYPE, {
    deserializeWebviewPanel(panel, state: unknown) {
      const { source, locked } = (isObject(state) ? state : {}) as Partial<Kept>;
      panel.webview.options = OPTIONS;
      adopt(panel, typeof source === 'string' ? vscode.Uri.parse(source) : undefined, locked === true);
      return Promise.resolve();
    },
  });
  return {
    show(uri, toSide) {
      const column = toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
      if (open) {
        open.show(uri);
        open.reveal(toSide ? undefined : column);
        return;
      }
      const where = { viewColumn: column, preserveFocus: toSide };
      const panel = vscode.window.createWebviewPanel(PREVIEW_TYPE, 'Preview', where, OPTIONS);
      adopt(panel, uri, false);
    },
    get source() {
      return open?.source;
    },
    get locked() {
      return open?.locked ?? false;
    },
    printed: async () => open?.printed(),
    toggleLock: () => open?.toggleLock(),
    dispose() {
      registered.dispose();
      open?.dispose();
    },
  };
}

const OPTIONS: vscode.WebviewOptions & vscode.WebviewPanelOptions = {
  enableScripts: true,
  enableCommandUris: false,
  enableForms: false,
  localResourceRoots: [],
  enableFindWidget: true,
};

interface Panel {
  readonly source: vscode.Uri | undefined;
  readonly locked: boolean;
  printed(): Promise<Printed | undefined>;
  show(uri: vscode.Uri): void;
  reveal(column: vscode.ViewColumn | undefined): void;
  toggleLock(): void;
  dispose(): void;
}

interface Start {
  source: vscode.Uri | undefined;
  locked: boolean;
  answers: Answers;
}

function createPanel(panel: vscode.WebviewPanel, start: Start): Panel {
  const { webview } = panel;
  let source = start.source ?? vscode.window.activeTextEditor?.document.uri;
  let { locked } = start;
  let read: Read | undefined;
  let printed: Printed | undefined;
  let isDrawn = (): void => undefined;
  const drawn = new Promise<void>((resolve) => (isDrawn = resolve));
  let isReady = false;
  let pausing: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  const post = (message: ToPage): void => void webview.postMessage(message);

  const draw = async (): Promise<void> => {
    clearTimeout(pausing);
    pausing = undefined;
    const mine = ++turn;
    title();
    if (!isReady || !panel.visible) return;
    const document = source && (await opened(source));
    const now = document && (await readOpen(document));
    // A later turn has more to say.
    if (mine !== turn) return;
    read = now;
    const name = source ? nameOf(source) : '';
    const said = source && answerIn(source, now?.source, start.answers);
    const answer = said && answerHtml(said.sentence, said.canGo);
    const parts = now?.preview
      ? pageParts(now.preview, answer)
      : answer
        ? [{ key: 'answer', html: answer.text }]
        : nothingParts(name, now?.verdict);
    printed = { name, parts };
    isDrawn();
    post({
      type: 'show',
      source: source?.toString() ?? '',
      locked,
      // What MESH itself reports is no message, in which something could be found.
      verdict: verdictHtml((answer && !now?.preview ? undefined : now?.verdict) ?? NONE),
      name,
      parts,
    });
    follow(vscode.window.visibleTextEditors.find(({ document: { uri } }) => isSource(uri)));
  };

  const title = (): void => {
    const name = source ? nameOf(source) : 'message';
    panel.title = locked ? `[Preview] ${name}` : `Preview ${name}`;
    void vscode.commands.executeCommand('setContext', 'itk3.previewLocked', locked);
  };

  const isSource = (uri: vscode.Uri): boolean => uri.toString() === source?.toString();

  const show = (uri: vscode.Uri): void => {
    if (isSource(uri)) return;
    source = uri;
    void draw();
  };

  const follow = (editor: vscode.TextEditor | undefined): void => {
    const { preview } = read ?? {};
    if (!editor || !isSource(editor.document.uri) || !read || !preview) return;
    const scroll = vscode.workspace.getConfiguration('itk3').get<boolean>('preview.followCursor', true);
    post({ type: 'here', at: scroll ? spotOf(editor, read, preview) : undefined, scroll });
  };

  const listening = vscode.Disposable.from(
    webview.onDidReceiveMessage((message: unknown) => {
      if (!isObject(message)) return;
      if (message.type === 'ready') {
        isReady = true;
        void draw();
        return;
      }
      const what = typeof message.what === 'string' ? message.what : '';
      if (message.type === 'run' && Object.hasOwn(RUNS, what)) void RUNS[what]?.(source);
      else if (source && read) void deeds(message.type, what, source, read);
    }),
    panel.onDidChangeViewState(() => {
      if (panel.visible) void draw();
      // Hidden, the page is gone; it says so when it is there again.
      else isReady = false;
    }),
    vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => {
      if (!isSource(uri)) return;
      clearTimeout(pausing);
      pausing = setTimeout(() => void draw(), PAUSE);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (isSource(uri) && uri.scheme === 'untitled') panel.dispose();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('itk3')) void draw();
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (!locked && editor && isPreviewable(editor.document)) show(editor.document.uri);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => follow(textEditor)),
  );

  webview.html = shellOf(randomBytes(18).toString('base64'), __dirname);
  title();
  return {
    get source() {
      return source;
    },
    get locked() {
      return locked;
    },
    async printed() {
      await drawn;
      return printed;
    },
    show,
    reveal: (column) => panel.reveal(column, column === undefined),
    toggleLock() {
      locked = !locked;
      void draw();
    },
    dispose() {
      clearTimeout(pausing);
      turn++;
      isDrawn();
      listening.dispose();
      panel.dispose();
    },
  };
}

const NONE: Verdict = { errors: 0, warnings: 0, notes: 0, breaks: [] };

/** What the page may ask for by name. */
const RUNS: Readonly<Record<string, ((source: vscode.Uri | undefined) => unknown) | undefined>> = {
  problems: showProblems,
  element: (source) => vscode.commands.executeCommand('itk3.goToElement', source),
};

async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    tell('warning', `${nameOf(uri)} cannot be opened as text: it is gone, binary or too large.`);
    return undefined;
  }
}

function spotOf({ document, selection }: vscode.TextEditor, { source }: Read, preview: Preview): string | undefined {
  return shownAt(source.pointerAt(document.offsetAt(selection.active)).pointer, preview);
}

// A small editor for tests: it accepts completions as VS Code does, and counts the keys that a person presses.
import {
  type CompletionItem,
  type CompletionList,
  CompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, type OpenDocument, withDefaults } from './client';

export interface Editor {
  document: OpenDocument;
  text(): string;
  /** The text with a mark where the cursor stands. */
  marked(): string;
  keystrokes(): number;
  accepted(): number;
  /** What was done, for a person to read. */
  log: string[];
  /** One key a letter; suggestions come up as the server and VS Code's settings for JSON have it. */
  type(letters: string): Promise<void>;
  /** Ctrl+Space. */
  suggest(): Promise<string[]>;
  /** Down or up to the suggestion, and Enter. */
  choose(label: string | RegExp): Promise<void>;
  /** To the next place that is to be filled in, or behind what was inserted. */
  tab(): void;
  /** Tab through what was inserted last, to behind it: what stands in its places is right as it is. */
  tabThrough(): void;
  /** Ctrl+F, the words, Enter and Escape: the cursor stands behind the first of them from the beginning on. */
  find(words: string): void;
  /** What stands at the place to be filled in; undefined where there is none. */
  filling(): string | undefined;
}

/** A place to be filled in, and the others that are filled in with it. */
interface Stop {
  spans: { offset: number; length: number }[];
  choices: string[];
  /** The place behind what was inserted. */
  isEnd?: boolean;
}

interface Suggestions {
  items: CompletionItem[];
  selected: number;
}

/** Opens the text with the cursor at its end, or where it is told. */
export function startEditor(client: Client, text: string, start = text.length): Editor {
  const triggers = client.initialized.capabilities.completionProvider?.triggerCharacters ?? [];
  const document = client.open(text);
  const log: string[] = [];
  let cursor = start;
  let [keystrokes, accepted] = [0, 0];
  let stops: Stop[] = [];
  let suggestions: Suggestions | undefined;

  const now = (): TextDocument => TextDocument.create(document.uri, 'json', document.version, document.text);

  const replace = async (offset: number, length: number, inserted: string): Promise<void> => {
    await document.edit(offset, length, inserted);
    const by = inserted.length - length;
    for (const { spans } of stops) for (const span of spans) if (span.offset >= offset + length) span.offset += by;
    if (cursor >= offset + length) cursor += by;
  };

  const ask = async (trigger?: string): Promise<void> => {
    const list = await client.connection.sendRequest<CompletionList | null>('textDocument/completion', {
      textDocument: { uri: document.uri },
      position: now().positionAt(cursor),
      context: trigger
        ? { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: trigger }
        : { triggerKind: CompletionTriggerKind.Invoked },
    });
    const items = list
      ? list.items.map((item) => withDefaults(item, list)).filter((item) => fits(item, now(), cursor))
      : [];
    items.sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
    const preselected = items.findIndex((item) => item.preselect);
    suggestions = items.length > 0 ? { items, selected: Math.max(0, preselected) } : undefined;
  };

  /** Letters in the place of what stands at the first stop, there and wherever else it is filled in. */
  const fill = async (letters: string): Promise<void> => {
    const [stop] = stops;
    if (!stop) return;
    for (const span of stop.spans) {
      const { offset } = span;
      await replace(offset, span.length, letters);
      Object.assign(span, { offset, length: letters.length });
    }
    cursor = stop.spans[0]!.offset + letters.length;
  };

  const goToStop = (): void => {
    const [stop] = stops;
    if (stop) cursor = stop.spans[0]!.offset + stop.spans[0]!.length;
  };

  const accept = async (item: CompletionItem): Promise<void> => {
    accepted += 1;
    suggestions = undefined;
    const told = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
    const { range, newText } = item.textEdit as TextEdit;
    const before = now();
    const from = before.offsetAt(range.start);
    const length = before.offsetAt(range.end) - from;
    const line = before.getText({ start: { line: range.start.line, character: 0 }, end: range.start });
    const indent = item.insertTextMode === InsertTextMode.adjustIndentation ? /^[ \t]*/.exec(line)![0] : '';
    const indented = newText.replaceAll('\n', `\n${indent}`);
    const snippet =
      item.insertTextFormat === InsertTextFormat.Snippet ? parse(indented) : { text: indented, stops: [] };
    // What was to be filled in by the suggestion is filled in.
    stops = stops.slice(
      stops.length > 0 && stops[0]!.spans.some((s) => from >= s.offset && from <= s.offset + s.length) ? 1 : 0,
    );
    await replace(from, length, snippet.text);
    stops = [
      ...snippet.stops.map((stop) => ({
        ...stop,
        spans: stop.spans.map((span) => ({ ...span, offset: span.offset + from })),
      })),
      ...stops,
    ];
    cursor = from + snippet.text.length;
    // Each speaks of the text as it was: the last first, so that places hold.
    const elsewhere = (told.additionalTextEdits ?? []).map(({ range: at, newText: more }) => {
      const [start, end] = [before.offsetAt(at.start), before.offsetAt(at.end)];
      return {
        offset: start < from + length ? start : start + snippet.text.length - length,
        length: end - start,
        more,
      };
    });
    for (const edit of elsewhere.sort((a, b) => b.offset - a.offset))
      await replace(edit.offset, edit.length, edit.more);
    goToStop();
  };

  const filling = (): string | undefined => {
    const span = stops[0]?.isEnd ? undefined : stops[0]?.spans[0];
    return span && document.text.slice(span.offset, span.offset + span.length);
  };

  const tab = (): void => {
    keystrokes += 1;
    suggestions = undefined;
    log.push(`tab over ${JSON.stringify(filling())}`);
    stops.shift();
    goToStop();
  };

  return {
    document,
    log,
    text: () => document.text,
    marked: () => `${document.text.slice(0, cursor)}|${document.text.slice(cursor)}`,
    keystrokes: () => keystrokes,
    accepted: () => accepted,
    filling,
    tab,
    find(words) {
      keystrokes += words.length + 3;
      log.push(`find ${words}`);
      const at = document.text.indexOf(words);
      if (at < 0) throw new Error(`${words} is not found`);
      cursor = at + words.length;
      stops = [];
      suggestions = undefined;
    },
    tabThrough() {
      while (stops.length > 0 && !stops[0]!.isEnd) tab();
    },
    async type(letters) {
      log.push(`type ${JSON.stringify(letters)}`);
      const span = stops[0]?.spans[0];
      const isAtStop = span !== undefined && cursor >= span.offset && cursor <= span.offset + span.length;
      // A place that is to be filled in is selected when it is reached.
      if (isAtStop && span.length > 0) await fill('');
      for (const letter of letters) {
        keystrokes += 1;
        const stop = isAtStop ? stops[0]! : undefined;
        if (stop)
          await fill(
            document.text.slice(stop.spans[0]!.offset, stop.spans[0]!.offset + stop.spans[0]!.length) + letter,
          );
        else {
          await replace(cursor, 0, letter);
        }
        if (triggers.includes(letter)) await ask(letter);
        else if (/\w/.test(letter)) await ask();
        else suggestions = undefined;
      }
    },
    async suggest() {
      keystrokes += 1;
      await ask();
      return suggestions?.items.map(({ label }) => label) ?? [];
    },
    async choose(label) {
      const { items = [], selected = 0 } = suggestions ?? {};
      const at = items.findIndex((one) => (typeof label === 'string' ? one.label === label : label.test(one.label)));
      if (at < 0) throw new Error(`${String(label)} is not among: ${items.map((one) => one.label).join(' | ')}`);
      // The list goes round.
      const distance = Math.abs(at - selected);
      keystrokes += Math.min(distance, items.length - distance) + 1;
      log.push(`choose ${items[at]!.label}${distance > 0 ? ` (${distance} away)` : ''}`);
      await accept(items[at]!);
    },
  };
}

/** VS Code keeps items that have the typed letters in their order. */
function fits({ filterText, label, textEdit }: CompletionItem, document: TextDocument, cursor: number): boolean {
  const start = document.offsetAt((textEdit as TextEdit).range.start);
  const typed = document.getText().slice(start, cursor).toLowerCase();
  const words = (filterText ?? label).toLowerCase();
  let at = 0;
  for (const letter of typed) {
    at = words.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The protocol's snippet syntax: text, and its stops in the order in which they are filled in. */
function parse(snippet: string): { text: string; stops: Stop[] } {
  const part =
    /\\([\\$}])|\$(\d+)|\$\{(\d+)\}|\$\{(\d+)\|((?:\\[\\,|]|[^\\|])*)\|\}|\$\{(\d+):((?:\\[\\$}]|[^\\$}])*)\}/g;
  const stops = new Map<number, Stop>();
  let text = '';
  let end = 0;
  const add = (number: number, inside: string, choices: string[] = []): void => {
    const stop = stops.get(number) ?? { spans: [], choices };
    // What is filled in together is there from the beginning.
    const known = stop.spans[0]
      ? text.slice(stop.spans[0].offset, stop.spans[0].offset + stop.spans[0].length)
      : inside;
    stop.spans.push({ offset: text.length, length: known.length });
    stops.set(number, stop);
    text += known;
  };
  for (const found of snippet.matchAll(part)) {
    text += snippet.slice(end, found.index);
    end = found.index + found[0].length;
    const [, escaped, bare, braced, choosing, choices, preset, words] = found;
    const all = choices?.split(/(?<!\\),/).map((choice) => choice.replace(/\\([\\,|])/g, '$1'));
    if (escaped !== undefined) text += escaped;
    else if (all) add(Number(choosing), all[0]!, all);
    else if (preset !== undefined) add(Number(preset), words!.replace(/\\([\\$}])/g, '$1'));
    else add(Number(bare ?? braced), '');
  }
  text += snippet.slice(end);
  const order = [...stops].sort(([a], [b]) => (a === 0 ? 1 : b === 0 ? -1 : a - b));
  // The last stop is behind everything unless it is told.
  if (!stops.has(0)) order.push([0, { spans: [{ offset: text.length, length: 0 }], choices: [] }]);
  return { text, stops: order.map(([number, stop]) => ({ ...stop, isEnd: number === 0 })) };
}

/** Replaces a stretch of text, in UTF-16 code units; edits of one change never overlap and are in the order of the text. */
export interface TextEdit {
  offset: number;
  length: number;
  text: string;
}

/** A repair of the text itself, where there is no value to change. */
export interface TextFix {
  title: string;
  /** As of a Fix: an only one is sure unless it says `false`. */
  sure?: boolean;
  edits: TextEdit[];
}

/** The text after the edits. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.offset), edit.text);
    at = edit.offset + edit.length;
  }
  return parts.join('') + text.slice(at);
}

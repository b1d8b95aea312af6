/** Replaces a stretch of text, in UTF-16 code units; edits of one change never overlap and are in the order of the text. */
export interface TextEdit {
  offset: number;
  length: number;
  text: string;
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

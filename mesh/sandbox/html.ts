// Text made safe for a web page: what is put into an `html` template is escaped, unless it came out of one.

/** A piece of a page, fit to be put into another. Only `html` and `joined` make one. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template; nothing is written for undefined and false. */
export type Piece = Html | readonly Html[] | string | number | undefined | false;

export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.reduce((text, string, index) => text + written(pieces[index - 1]) + string));
}

function written(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(({ text }) => text).join('');
  return escaped(String(piece));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Direction marks and control characters are shown as a dot: they would show a text in another order than it has. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '').replace(/(?![\t\n])[\p{Cc}\p{Cf}]/gu, '·');
}

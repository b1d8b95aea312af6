// The page of one message, `/messages/ID`: its envelope and its content. Pure: from a plain view to HTML.
// Without it the only way to see what arrived, or what the practice answered, is to compute an authorisation header by
// hand. It opens nothing that was shut: the mailboxes' passwords are public. Nothing but a click on `/` leads here.
import { textOf } from '../content-text';
import { html, type Html } from './html';
import { laidOut } from './layout';
import { document, sizeText } from './page-frame';

export interface MessagePageView {
  id: string;
  /** What stands on the outside, by its name; what has no value is left out. */
  envelope: readonly (readonly [name: string, value: string | undefined])[];
  /** What became of it, a sentence each. */
  told: readonly string[];
  bytes: number;
  /** The beginning of the content; undefined when none of it has come, or it cannot be read. */
  content?: Buffer;
  /** Whether there is more of it than `content`. */
  more: boolean;
}

/** @param nonce the one that the page's Content-Security-Policy names */
export function messagePageOf(view: MessagePageView, nonce: string): string {
  const { id, envelope, told, bytes, content } = view;
  const rows = envelope.filter(([, value]) => value !== undefined && value !== '');
  const body = html`<a class="back" href="/">← All messages</a>
    <h1 class="title">${id}</h1>
    <main class="stack">
      <dl class="card envelope">
        ${rows.map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd class="mono">${value}</dd>`,
        )}
        ${
          told.length > 0 &&
          html`<dt>What became of it</dt>
            <dd>${told.map((one) => html`<p>${one}</p>`)}</dd>`
        }
      </dl>
      <section>
        <h2>Content <span class="soft">${sizeText(bytes)}</span></h2>
        <div class="card">${content === undefined ? nothing(bytes) : contentOf(content, view.more)}</div>
      </section>
    </main>`;
  return document({ title: `Message ${id}`, nonce, body });
}

function nothing(bytes: number): Html {
  return html`<p class="empty soft">
    ${bytes === 0 ? 'It has none.' : 'It has not arrived as a whole, or it cannot be read.'}
  </p>`;
}

function contentOf(content: Buffer, more: boolean): Html {
  const text = readable(content, more);
  if (text === undefined) return html`<p class="empty soft">It is not text.</p>`;
  return html`${more && html`<p class="empty soft">Only its beginning, ${sizeText(content.length)}, is shown.</p>`}
    <pre>${text}</pre>`;
}

/** Undefined when it is no text. */
function readable(content: Buffer, cut: boolean): string | undefined {
  const text = textOf(content, { isCut: cut, isStrict: true });
  return text === undefined ? undefined : laidOut(text.replaceAll('\r\n', '\n'));
}

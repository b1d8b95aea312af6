// The few signs of a preview, drawn: a sign that is text would be read aloud, and would have to have the contrast of text.
import { html, type Html } from '../../mesh/sandbox/html';

const DRAWN = {
  error: html`<circle cx="8" cy="8" r="6.25" /><path d="m5.75 5.75 4.5 4.5m0-4.5-4.5 4.5" />`,
  warning: html`<path d="M8 1.9 14.6 13.6H1.4Z" /><path d="M8 6.2v3.6m0 1.5v.7" />`,
  information: html`<circle cx="8" cy="8" r="6.25" /><path d="M8 7.2v4m0-6.4v.8" />`,
  hint: html`<circle cx="8" cy="8" r="6.25" /><path d="M8 7.2v4m0-6.4v.8" />`,
  pass: html`<circle cx="8" cy="8" r="6.25" /><path d="m5 8.3 2.1 2.1 4-4.4" />`,
  differs: html`<path d="M2.5 5.8h11m-11 4.4h11M10.8 2.6 5.2 13.4" />`,
  go: html`<path d="m5.5 4.5-3.5 3.5 3.5 3.5m5-7 3.5 3.5-3.5 3.5" />`,
  paperclip: html`<path
    d="m13 7.3-5 5a3 3 0 0 1-4.3-4.2l5.4-5.4a2 2 0 0 1 2.8 2.8L6.6 10.8a1 1 0 0 1-1.4-1.4l4.6-4.6"
  />`,
  question: html`<circle cx="8" cy="8" r="6.25" /><path d="M6 6.2a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1v.3m0 1.7v.7" />`,
} as const;

export type Icon = keyof typeof DRAWN;

export function icon(name: Icon): Html {
  return html`<svg class="icon ${name}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${DRAWN[name]}</svg>`;
}

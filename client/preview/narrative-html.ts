// The tree of a narrative as HTML. The tree holds elements and attributes from a closed list; everything else is escaped.
import type { Mark } from '../../core/preview/marks';
import type { Narrative, NarrativeNode } from '../../core/preview/narrative';
import { Html, html } from '../../mesh/sandbox/html';
import { icon } from './icons';

export function narrativeHtml({ nodes, notes }: Narrative): Html {
  const empty = nodes.length === 0 && notes.length === 0;
  return html`<div class="narrative">
    ${empty ? html`<p class="soft">The text is empty.</p>` : nodes.map(nodeHtml)}
    ${notes.map((note) => html`<p class="note">${icon('information')}<span>${note}</span></p>`)}
  </div>`;
}

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'col', 'img']);

function nodeHtml(node: NarrativeNode): Html {
  if (typeof node === 'string') return html`${node}`;
  const { tag, attributes, looks, children, marks } = node;
  const disagrees = marks.some((mark) => mark.disagrees);
  const names = [...looks.map((look) => `is-${look}`), ...(disagrees ? ['disagrees'] : [])];
  const name = named(tag);
  const given = names.length > 0 ? { ...attributes, class: names.join(' ') } : attributes;
  const own = Object.entries(given).map(([key, value]) => ` ${named(key)}="${html`${value}`.text}"`);
  const start = new Html(`<${name}${own.join('')}>`);
  if (VOID.has(tag)) return start;
  return html`${start}${children.map(nodeHtml)}${marks.map(markHtml)}${new Html(`</${name}>`)}`;
}

/** Names of elements and attributes come from core's lists, which hold letters only. */
function named(name: string): string {
  return /^[a-z][a-z0-9]{0,15}$/.test(name) ? name : 'span';
}

const KINDS = { error: 'Error', warning: 'Warning', information: 'Note', hint: 'Hint' } as const;

/** A finding where it is about something; a press leads to it in the message. */
export function markHtml({ severity, disagrees, message, at }: Mark): Html {
  const kind = disagrees ? 'Disagreement' : KINDS[severity];
  return html`<button type="button" class="mark ${disagrees ? 'differs' : severity}" data-go="${at}">
    ${icon(disagrees ? 'differs' : severity)}<span><span class="unseen">${kind}: </span>${message}</span>
  </button>`;
}

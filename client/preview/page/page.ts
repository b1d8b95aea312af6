// The script of the preview's page: draws what has changed, keeps its place, marks where the cursor is, says what was pressed.
import type { Kept, Part, ToPage } from './messages';

interface Host {
  postMessage(message: unknown): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const letter = document.getElementById('letter')!;
const verdict = document.getElementById('verdict')!;
const name = document.getElementById('name')!;

/** What stands in each part now. */
const drawn = new Map<string, { html: string; element: Element }>();
/** Which foldable parts a person has opened or closed. */
const folds = new Map<string, boolean>();
let here: Element | undefined;
let kept = host.getState();

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'show') show(data);
  else mark(data.at, data.scroll);
});

function show({ source, locked, verdict: sentence, name: title, parts }: ToPage & { type: 'show' }): void {
  const isNew = kept?.source !== source;
  const isFirst = drawn.size === 0;
  if (verdict.innerHTML !== sentence) verdict.innerHTML = sentence;
  name.textContent = title;
  document.body.classList.toggle('is-locked', locked);
  draw(parts);
  kept = { source, locked, scroll: isNew ? 0 : (kept?.scroll ?? 0) };
  host.setState(kept);
  if (isNew || isFirst) scrollTo({ top: kept.scroll });
}

function draw(parts: readonly Part[]): void {
  const keys = new Set(parts.map(({ key }) => key));
  for (const [key, { element }] of drawn)
    if (!keys.has(key)) {
      element.remove();
      drawn.delete(key);
    }
  let before: Element | undefined;
  for (const { key, html } of parts) {
    const old = drawn.get(key);
    const element = old?.html === html ? old.element : made(html);
    if (old && element !== old.element) old.element.replaceWith(element);
    const after = before ? before.nextElementSibling : letter.firstElementChild;
    if (after !== element) letter.insertBefore(element, after);
    drawn.set(key, { html, element });
    before = element;
  }
}

function made(html: string): Element {
  const template = document.createElement('template');
  template.innerHTML = html;
  const element = template.content.firstElementChild!;
  for (const fold of element.matches('details') ? [element] : element.querySelectorAll('details')) {
    const open = folds.get(fold.getAttribute('data-key') ?? '');
    if (open !== undefined) fold.toggleAttribute('open', open);
  }
  return element;
}

function mark(at: string | undefined, scroll: boolean): void {
  const found = at === undefined ? undefined : (document.querySelector(`[data-at="${CSS.escape(at)}"]`) ?? undefined);
  if (found === here && here?.isConnected) return;
  here?.classList.remove('here');
  here = found;
  here?.classList.add('here');
  if (scroll) here?.scrollIntoView({ block: 'nearest' });
}

/** The value of an attribute of the nearest element around what was pressed that has it. */
function around(event: Event, attribute: string): string | undefined {
  const element = event.target instanceof Element ? event.target.closest(`[${attribute}]`) : null;
  return element?.getAttribute(attribute) ?? undefined;
}

document.addEventListener('click', (event) => {
  for (const type of ['go', 'open', 'save', 'run'] as const) {
    const what = around(event, `data-${type}`);
    if (what === undefined) continue;
    host.postMessage({ type, what });
    return;
  }
});

document.addEventListener('dblclick', (event) => {
  if (around(event, 'type') !== undefined || (event.target instanceof Element && event.target.closest('summary')))
    return;
  const what = around(event, 'data-at');
  if (what !== undefined) host.postMessage({ type: 'go', what });
});

document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target instanceof HTMLDetailsElement) folds.set(target.dataset.key ?? '', target.open);
  },
  true,
);

let waiting = false;
addEventListener('scroll', () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (!kept) return;
    kept = { ...kept, scroll: Math.round(scrollY) };
    host.setState(kept);
  });
});

host.postMessage({ type: 'ready' });

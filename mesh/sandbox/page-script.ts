// What keeps the page fresh, in the browser: it asks for the page again and puts in only what has changed, so that nothing
// flickers, nothing jumps, and a text being marked or a list being open stays so.

const EVERY_MS = 2000;

export const REFRESH = `
(() => {
  const parts = () => document.querySelectorAll('[data-part]');
  // Without its style, whose nonce is another than this page's: the browser would complain.
  const read = (html) => new DOMParser().parseFromString(html.replace(/<style[^]*?<.style>/, ''), 'text/html');
  const marking = (part) => {
    const marked = getSelection();
    return marked && !marked.isCollapsed && part.contains(marked.anchorNode);
  };
  const focused = (part) => {
    const at = document.activeElement;
    return part.contains(at) ? { value: at.value, href: at.getAttribute('href') } : undefined;
  };
  const show = (next) => {
    for (const part of parts()) {
      const fresh = next.querySelector('[data-part="' + part.dataset.part + '"]');
      if (!fresh || marking(part)) continue;
      for (const open of part.querySelectorAll('details[open]')) {
        const same = fresh.querySelector('#' + open.id);
        if (same) same.open = true;
      }
      const known = new Set([...part.querySelectorAll('tr[data-id]')].map((row) => row.dataset.id));
      if (fresh.innerHTML === (part.shown ?? part.innerHTML)) continue;
      const focus = focused(part);
      part.shown = fresh.innerHTML;
      part.innerHTML = fresh.innerHTML;
      for (const row of part.querySelectorAll('tr[data-id]')) if (!known.has(row.dataset.id)) row.classList.add('new');
      if (!focus) continue;
      for (const one of part.querySelectorAll('a, button')) {
        const same = focus.href === null ? one.value === focus.value : one.getAttribute('href') === focus.href;
        if (same) { one.focus({ preventScroll: true }); break; }
      }
    }
    document.title = next.title;
  };
  let seen = new Date();
  const ask = async (path, request) => {
    try {
      const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(5000), ...request });
      const next = read(await response.text());
      if (!response.ok || !next.querySelector('[data-part]')) throw new Error();
      show(next);
      seen = new Date();
      document.body.classList.remove('is-gone');
    } catch {
      document.getElementById('last').textContent = seen.toLocaleTimeString('en-GB');
      document.body.classList.add('is-gone');
    }
  };
  const round = async () => {
    if (!document.hidden) await ask('/');
    setTimeout(round, ${EVERY_MS});
  };
  setTimeout(round, ${EVERY_MS});
  document.addEventListener('visibilitychange', () => { if (!document.hidden) ask('/'); });
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    const { name, value } = event.submitter;
    ask(event.target.getAttribute('action'), { method: 'POST', body: new URLSearchParams([[name, value]]) });
  });
})();
`;

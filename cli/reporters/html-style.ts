// How the HTML report looks: as the sandbox's pages do, light and dark, on a telephone, and printed.

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f7f8f6; --card: #fff; --ink: #17262c; --soft: #56666c; --line: #e1e6e5; --quote: #f2f5f4; --accent: #0b6477;
  --error: #9c2f28; --error-soft: #fbe3e0; --warning: #7d4b00; --warning-soft: #fbeccf; --note: #0b5c8a; --note-soft: #dcebf5;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", "Roboto Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1619; --card: #161f23; --ink: #e2eaeb; --soft: #9badb3; --line: #263238; --quote: #1b262b; --accent: #74c9d9;
    --error: #f0a199; --error-soft: #4a2320; --warning: #f1c681; --warning-soft: #443414; --note: #8ec7ee; --note-soft: #17364a;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 72rem; margin: 0 auto; padding: clamp(1rem, 3vw, 2.5rem); background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
}
h1, h2, h3, p, ul, pre { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
code, pre, .name, .path { font-family: var(--mono); font-size: .92em; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.soft { color: var(--soft); }
h1 { font-size: 1.35rem; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: 1rem; font-weight: 650; margin: 2rem 0 .75rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1.25rem 0 .75rem; }
.tiles li { min-width: 6.5rem; padding: .6rem 1rem; border: 1px solid var(--line); border-radius: .7rem; background: var(--card); color: var(--soft); }
.tiles b { display: block; font-size: 1.6rem; font-weight: 600; line-height: 1.2; color: var(--ink); }
.tiles .none b { color: var(--soft); font-weight: 400; }
.tiles .error b { color: var(--error); }
.tiles .warning b { color: var(--warning); }
.tiles .information b { color: var(--note); }
.why { margin-top: .5rem; font-weight: 600; }
.filters { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; border: 0; }
.filters legend { float: left; margin-right: 1.25rem; padding: 0; color: var(--soft); }
.filters label { cursor: pointer; }
.filters input { accent-color: var(--accent); }

.file, .well { margin-bottom: .6rem; border: 1px solid var(--line); border-left: .25rem solid var(--line); border-radius: .5rem; background: var(--card); }
.of-error { border-left-color: var(--error); }
.of-warning { border-left-color: var(--warning); }
.of-information { border-left-color: var(--note); }
summary { padding: .55rem .9rem; cursor: pointer; }
summary h3 { display: inline; margin-right: .75rem; font-weight: 600; }
.counts { color: var(--soft); font-size: .92rem; white-space: nowrap; }
.findings > li { padding: .75rem .9rem .8rem 2.1rem; border-top: 1px solid var(--line); }
.kind { display: inline-block; margin-right: .35rem; padding: 0 .5rem; border-radius: 1rem; font-size: .85rem; background: var(--quote); color: var(--soft); }
.error > p .kind { background: var(--error-soft); color: var(--error); }
.warning > p .kind { background: var(--warning-soft); color: var(--warning); }
.information > p .kind { background: var(--note-soft); color: var(--note); }
pre { display: flex; gap: .9rem; margin: .45rem 0; padding: .4rem .7rem; border-radius: .4rem; background: var(--quote); white-space: pre-wrap; }
pre .line { flex: none; color: var(--soft); user-select: none; }
mark { padding: .05em 0; border-radius: .15rem; background: var(--note-soft); color: inherit; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .2em; }
.error mark { background: var(--error-soft); text-decoration-color: var(--error); }
.warning mark { background: var(--warning-soft); text-decoration-color: var(--warning); }
.about { display: flex; flex-wrap: wrap; gap: 0 1rem; color: var(--soft); font-size: .88rem; }
.about > * { min-width: 0; }
.reason { font-style: italic; }
.related { margin-top: .5rem; }
.unread li { margin-bottom: .3rem; color: var(--error); }
.well ul { padding: 0 .9rem .7rem 2.1rem; }
body:has(#show-error:not(:checked)) .findings > .error,
body:has(#show-warning:not(:checked)) .findings > .warning,
body:has(#show-information:not(:checked)) .findings > .information,
body:has(#show-passed:not(:checked)) .findings > .passed,
body:has(#show-error:not(:checked)) .file:not(:has(.findings > :not(.error))),
body:has(#show-warning:not(:checked)) .file:not(:has(.findings > :not(.warning))),
body:has(#show-information:not(:checked)) .file:not(:has(.findings > :not(.information))),
body:has(#show-passed:not(:checked)) .file:not(:has(.findings > :not(.passed))) { display: none; }
@media (max-width: 36rem) {
  .findings > li, .well ul { padding-left: .9rem; }
  .tiles li { flex: 1 1 40%; }
  pre { gap: .6rem; padding: .4rem .5rem; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; }
  body { max-width: none; padding: 0; font-size: 11px; }
  .filters { display: none; }
  .findings > li { break-inside: avoid; }
  .file::details-content { content-visibility: visible; block-size: auto; }
  mark, .kind { print-color-adjust: exact; }
}
`;

// How the sandbox's pages look: light and dark, from a telephone's width to a wide screen. Nothing is fetched from anywhere.

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f7f8f6; --card: #fff; --ink: #17262c; --soft: #5a6a70; --line: #e1e6e5; --hover: #f2f5f4;
  --accent: #0b6477; --accent-soft: #e2eff1; --good: #1d6b43; --good-soft: #e4f2ea;
  --warn: #7d4b00; --warn-soft: #fdf2de; --warn-line: #ecd3a2; --bad: #9c2f28; --bad-soft: #fbeae8;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", "Roboto Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1619; --card: #161f23; --ink: #e2eaeb; --soft: #93a5ab; --line: #263238; --hover: #1b262b;
    --accent: #74c9d9; --accent-soft: #14333c; --good: #86d0a5; --good-soft: #16301f;
    --warn: #f1c681; --warn-soft: #2b2215; --warn-line: #574322; --bad: #f0a199; --bad-soft: #351b19;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
  font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
}
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
code, pre, .mono { font-family: var(--mono); font-size: .92em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.page { max-width: 92rem; margin: 0 auto; padding: clamp(1rem, 3vw, 2.5rem); }
.soft { color: var(--soft); }
.nowrap { white-space: nowrap; }

.top { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem; }
.top h1 { font-size: 1.35rem; font-weight: 650; letter-spacing: -.01em; }
.top .address { font-family: var(--mono); color: var(--accent); font-size: 1.05rem; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .2rem 1.75rem; margin-top: .5rem; color: var(--soft); }
.facts b { color: var(--ink); font-weight: 600; }
.facts li { min-width: 0; overflow-wrap: anywhere; }

.playing {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem 1.5rem; margin-top: 1.25rem;
  padding: .75rem 1rem; border: 1px solid var(--warn-line); border-radius: .6rem; background: var(--warn-soft); color: var(--warn);
}
.playing p { flex: 1 1 20rem; }
.playing strong { font-family: var(--mono); font-weight: 650; font-size: .95em; }
.playing button {
  font: inherit; font-weight: 600; color: inherit; background: none; border: 1px solid currentColor; border-radius: .4rem;
  padding: .25rem .75rem; cursor: pointer;
}
.playing button:hover { background: var(--warn); border-color: var(--warn); color: var(--warn-soft); }
.gone { display: none; margin-top: 1.25rem; padding: .75rem 1rem; border-radius: .6rem; background: var(--bad-soft); color: var(--bad); }
.is-gone .gone { display: block; }
.is-gone main { opacity: .55; }

main { display: grid; gap: 2rem; margin-top: 2rem; }
main > * { min-width: 0; }
h2 { display: flex; align-items: baseline; gap: .6rem; font-size: 1rem; font-weight: 650; margin-bottom: .75rem; }
h2 .soft { font-weight: 400; font-size: .9rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; }
.stack { display: grid; gap: 2rem; align-content: start; }
.stack > * { min-width: 0; }

.mailboxes { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); }
.mailboxes li { display: flex; justify-content: space-between; gap: 1rem; padding: .9rem 1.1rem; }
.mailboxes h3 { font: 600 .98rem/1.4 var(--mono); overflow-wrap: anywhere; }
.mailboxes p { color: var(--soft); font-size: .92rem; }
.waiting { flex: none; text-align: right; color: var(--soft); font-size: .85rem; line-height: 1.25; }
.waiting b { display: block; font-size: 1.6rem; font-weight: 600; line-height: 1.15; color: var(--ink); }
.waiting.none b { color: var(--soft); font-weight: 400; }
.below { margin-top: .6rem; color: var(--soft); font-size: .9rem; }

table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 500; font-size: .85rem; color: var(--soft); padding: .65rem 1rem .55rem; }
td { padding: .6rem 1rem; border-top: 1px solid var(--line); vertical-align: top; }
tbody tr:hover { background: var(--hover); }
tbody tr:last-child td:first-child { border-bottom-left-radius: .7rem; }
tbody tr:last-child td:last-child { border-bottom-right-radius: .7rem; }
td.number, th.number { text-align: right; }
td.number small { display: block; font-size: .85em; color: var(--soft); }
td a { text-decoration: none; }
td a:hover { text-decoration: underline; }
.route { font-family: var(--mono); font-size: .88em; }
.route span { display: inline-block; max-width: 16rem; overflow-wrap: break-word; vertical-align: top; }
.route i { font-style: normal; color: var(--soft); }
.chip { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: .85rem; background: var(--accent-soft); color: var(--accent); white-space: nowrap; }
.chip.good { background: var(--good-soft); color: var(--good); }
.chip.bad { background: var(--bad-soft); color: var(--bad); }
.told { color: var(--soft); min-width: 12rem; }
.told > span:not(.chip) { display: block; margin-top: .1rem; font-size: .92rem; }
.told > span.note { color: var(--warn); }
@media (prefers-reduced-motion: no-preference) {
  tr.new { animation: new 2.5s ease-out; }
  @keyframes new { from { background: var(--accent-soft); } }
}

.empty { padding: clamp(1.25rem, 4vw, 2.25rem); }
.empty h3 { font-size: 1.1rem; font-weight: 600; }
.empty p { margin-top: .35rem; max-width: 46rem; }
.empty dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.25rem; margin-top: 1rem; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; }

.scenarios { overflow: hidden; }
.scenarios button {
  display: grid; grid-template-columns: 1.1rem minmax(0, 1fr); gap: .1rem .65rem; width: 100%; padding: .6rem 1rem; text-align: left;
  font: inherit; color: inherit; background: none; border: 0; border-top: 1px solid var(--line); cursor: pointer;
}
.scenarios li:first-child button { border-top: 0; }
.scenarios button:hover { background: var(--hover); }
.scenarios button:focus-visible { outline-offset: -2px; }
.scenarios button::before {
  content: ""; align-self: center; width: .8rem; height: .8rem; border: 1.5px solid var(--soft); border-radius: 50%; opacity: .65;
}
.scenarios h3, summary {
  padding: .9rem 1rem .35rem; border-top: 1px solid var(--line); font-size: .85rem; font-weight: 500; color: var(--soft);
}
.scenarios h3 + ul li:first-child button { border-top-color: transparent; }
.scenarios b { font: 600 .92rem/1.5 var(--mono); overflow-wrap: anywhere; }
.scenarios .well b { font-family: inherit; font-size: .98rem; }
.scenarios span { grid-column: 2; color: var(--soft); font-size: .9rem; line-height: 1.4; }
.scenarios [aria-pressed=true] { background: var(--warn-soft); }
.scenarios [aria-pressed=true]::before { border: .27rem solid var(--warn); opacity: 1; }
.scenarios [aria-pressed=true] b { color: var(--warn); }
.scenarios .well [aria-pressed=true] { background: none; }
.scenarios .well [aria-pressed=true]::before { border-color: var(--good); }
.scenarios .well [aria-pressed=true] b { color: var(--good); }
summary { padding: .8rem 1rem; cursor: pointer; }
summary span { margin-left: .3rem; opacity: .75; }
summary:hover { background: var(--hover); }
details ul { max-height: 30rem; overflow: auto; border-top: 1px solid var(--line); }
.how { margin-bottom: .75rem; color: var(--soft); font-size: .92rem; }
.how code { color: var(--ink); white-space: nowrap; }

.back { display: inline-block; margin-bottom: 1rem; text-decoration: none; }
.envelope { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.5rem; padding: 1.1rem 1.25rem; }
pre { margin: 0; padding: 1.1rem 1.25rem; font-size: .85rem; line-height: 1.55; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
.title { font: 600 1.2rem/1.4 var(--mono); overflow-wrap: anywhere; margin-bottom: 1rem; }

td.only-narrow { display: none; }

@media (min-width: 78rem) {
  main.columns { grid-template-columns: minmax(0, 1fr) minmax(20rem, 24rem); gap: 2.5rem; }
}
@media (max-width: 54rem) {
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  tr { padding: .8rem 1rem; border-top: 1px solid var(--line); }
  tr:first-child { border-top: 0; }
  td, td.number { padding: 0; border: 0; text-align: left; }
  tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .15rem .75rem; }
  .told { min-width: 0; margin-top: .2rem; }
  .route br { display: none; }
  .told > span:not(.chip, .note) { display: inline; margin: 0 0 0 .3rem; }
  td.wide { grid-column: 1 / -1; }
  td.only-wide { display: none; }
  td.only-narrow { display: block; }
  td.number { text-align: right; color: var(--soft); font-size: .9rem; }
  td.number small { display: inline; font-size: 1em; }
  .route span { max-width: 100%; }
  .envelope, .empty dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .envelope dd, .empty dd { margin-bottom: .5rem; }
}
`;

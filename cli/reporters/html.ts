// One page for a browser, by itself: no script, nothing from elsewhere, light and dark, fit to be printed.
import { createHash } from 'node:crypto';
import type { Severity } from '../../core/finding';
import { type Html, html } from '../../mesh/sandbox/html';
import type { GoneFinding, JudgedFile, PassedFinding, Place, ToldFinding } from '../judging/judged';
import { versionOf } from '../version';
import { collectAsides } from './asides';
import { STYLE } from './html-style';
import type { Outcome, Reporter } from './reporter';
import { counted, countedOf, passedBy, passedText, SEVERITIES, tallyOf } from './tally';

/** With more files than that, each is shut until somebody opens it. */
const MOST_OPEN = 12;

export const htmlReporter: Reporter = (terminal) => {
  const { stdout, now, folder } = terminal;
  const asides = collectAsides();
  const tally = tallyOf();
  const passed = { exception: 0, expected: 0, known: 0 };
  const wrong: { summary: string; worst: Severity; body: string }[] = [];
  const well: string[] = [];
  const unread: Html[] = [];
  return {
    judged(file) {
      const told = { ...file, findings: file.findings.filter((finding) => !asides.take(file.file, finding)) };
      tally.add(told.findings);
      for (const { by } of told.passed) passed[by]++;
      const worst = SEVERITIES.find((one) => told.findings.some(({ severity }) => severity === one));
      if (worst === undefined && told.passed.length === 0) well.push(file.file);
      else wrong.push({ worst: worst ?? 'hint', summary: summaryOf(told).text, body: fileBody(told).text });
    },
    unreadable({ file, problem }) {
      unread.push(html`<li><b class="name">${file}</b> ${problem}</li>`);
    },
    end(outcome) {
      const judged = wrong.length + well.length;
      const tiles = [
        ...SEVERITIES.map((severity) =>
          tile(tally.count(severity), countedOf(tally.count(severity), severity), severity),
        ),
        tile(judged, counted(judged, 'file'), 'files'),
      ];
      const notes = [...asides.lines((line) => line)];
      stdout.write(pageStart(versionOf(folder)));
      stdout.write(
        html`<header>
          <h1>What itk3 validate found</h1>
          <p class="soft">${now().toISOString().slice(0, 16).replace('T', ' ')} UTC, itk3 ${versionOf(folder)}</p>
          <ul class="tiles">
            ${tiles}
          </ul>
          ${passedText(passed) !== '' && html`<p>${passedText(passed)}: these findings pass.</p>`} ${verdictOf(outcome)}
        </header> `.text,
      );
      stdout.write('<main>\n');
      stdout.write(html`${filters(tally, passedText(passed) !== '')}${unreadList(unread)}`.text);
      if (wrong.length > 0) stdout.write('<section>\n<h2>Files with findings</h2>\n');
      for (const { worst, summary, body } of wrong)
        stdout.write(
          `<details class="file of-${worst}"${wrong.length <= MOST_OPEN ? ' open' : ''}>${summary}${body}</details>\n`,
        );
      if (wrong.length > 0) stdout.write('</section>\n');
      stdout.write(
        html`${goneOf(outcome)}
        ${
          notes.length > 0 &&
          html`<section>
            <h2>Also</h2>
            <ul>
              ${notes.map((note) => html`<li>${note}</li>`)}
            </ul>
          </section>`
        }
        ${
          well.length > 0 &&
          html`<section>
            <h2>Nothing found</h2>
            <details class="well">
              <summary>${counted(well.length, 'file')}</summary>
              <ul>
                ${well.map((name) => html`<li class="name">${name}</li>`)}
              </ul>
            </details>
          </section>`
        }`.text,
      );
      stdout.write('</main>\n</body>\n</html>\n');
    },
  };
};

function tile(count: number, text: string, kind: string): Html {
  return html`<li class="${count === 0 && kind !== 'files' ? 'none' : kind}">
    <b>${count}</b> ${text.replace(/^\d+ /, '')}
  </li>`;
}

function verdictOf({ code, why }: Outcome): Html | undefined {
  if (code === undefined) return html`<p class="why">The run broke off: what stands here is not all.</p>`;
  return why === undefined ? undefined : html`<p class="why">${why}</p>`;
}

/** Ticked off, a kind is not shown: the style sees to it, without a script. */
function filters(tally: ReturnType<typeof tallyOf>, hasPassed: boolean): Html | undefined {
  const kinds = [
    ...SEVERITIES.filter((severity) => tally.count(severity) > 0).map((severity) => [
      severity,
      severity === 'information' ? 'Notes' : `${severity[0]!.toUpperCase()}${severity.slice(1)}s`,
    ]),
    ...(hasPassed ? [['passed', 'Let through']] : []),
  ];
  if (kinds.length < 2) return undefined;
  return html`<fieldset class="filters">
    <legend>Show</legend>
    ${kinds.map(([kind, label]) => html`<label><input type="checkbox" id="show-${kind}" checked /> ${label}</label>`)}
  </fieldset>`;
}

function summaryOf({ file, findings, passed }: JudgedFile): Html {
  const counts = [findings.length > 0 && tallyOf(findings).text(), tallyPassed(passed)].filter(Boolean).join('; ');
  return html`<summary>
    <h3 class="name">${file}</h3>
    <span class="counts">${counts}</span>
  </summary>`;
}

function fileBody({ findings, passed }: JudgedFile): Html {
  return html`<ul class="findings">
    ${findings.map((finding) => item(finding))}${passed.map((finding) => item(finding, finding))}
  </ul>`;
}

function unreadList(unread: readonly Html[]): Html | undefined {
  if (unread.length === 0) return undefined;
  return html`<section class="unread">
    <h2>Not read</h2>
    <ul>
      ${unread}
    </ul>
  </section>`;
}

function tallyPassed(passed: readonly PassedFinding[]): string {
  const counts = { exception: 0, expected: 0, known: 0 };
  for (const { by } of passed) counts[by]++;
  return passedText(counts);
}

function item(finding: ToldFinding, passed?: PassedFinding): Html {
  const { severity, message, rule, path, place, source, related, among } = finding;
  const word = passed ? passedBy(passed.by) : severity === 'information' ? 'note' : severity;
  const which = among ? `Message ${among.message} of ${among.of}` : '';
  return html`<li class="${passed ? 'passed' : severity}">
    <p><span class="kind">${word}</span> ${message}</p>
    ${quoted(place)} ${passed && html`<p class="reason">${passed.reason}</p>`}
    <p class="about">
      <span>${[which, `line ${place.line}, column ${place.column}`].filter(Boolean).join(', ')}</span>
      ${path !== '' && html`<span class="path">${path}</span>`} <code>${rule}</code> ${sourceLink(source)}
    </p>
    ${related.map(
      (one) =>
        html`<p class="related">Line ${one.place.line}: ${one.message}</p>
          ${quoted(one.place)}`,
    )}
  </li>`;
}

function sourceLink(source: ToldFinding['source']): Html | undefined {
  if (!source) return undefined;
  // Packages of the person's own say where they come from: only a web address is a link.
  if (source.url === undefined || !/^https?:\/\//.test(source.url)) return html`<span>${source.title}</span>`;
  return html`<a href="${source.url}" rel="noreferrer noopener">${source.title}</a>`;
}

/** Characters of a line on each side of the spot, and of the spot: more is no help. */
const AROUND = 80;
const SPOT = 240;

function quoted({ line, around: { text, start, end } }: Place): Html {
  const before = start <= AROUND ? text.slice(0, start).trimStart() : `…${text.slice(start - AROUND, start)}`;
  const spot = end - start > SPOT ? `${text.slice(start, start + SPOT)}…` : text.slice(start, end);
  const after = end - start > SPOT ? '' : text.slice(end, end + AROUND) + (text.length > end + AROUND ? '…' : '');
  return html`<pre><span class="line">${line}</span><code>${before}<mark>${spot}</mark>${after}</code></pre>`;
}

function goneOf({ baseline }: Outcome): Html | undefined {
  if (!baseline || baseline.gone.length === 0) return undefined;
  const goneItem = ({ file, rule, spot, count }: GoneFinding) =>
    html`<li><span class="name">${file}</span> <code>${rule}</code> ${spot}${count > 1 && `, ${count} times`}</li>`;
  return html`<section>
    <h2>Known and gone</h2>
    <p>--update-baseline takes them out of ${baseline.name}.</p>
    <ul>
      ${baseline.gone.map(goneItem)}
    </ul>
  </section>`;
}

function pageStart(version: string): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${html`<meta name="generator" content="itk3 ${version}" />`.text}
<title>itk3 validate</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
`;
}

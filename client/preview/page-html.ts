// A preview as the parts of a page. Each part has a key, so that only those that have changed are drawn anew.
import type { Attachment } from '../../core/preview/attachments';
import type { Banner } from '../../core/preview/banner';
import type { Block, Fact, Line, Shown } from '../../core/preview/blocks';
import type { Preview, Verdict } from '../../core/preview/preview';
import type { PreviewSection } from '../../core/preview/sections';
import { html, type Html } from '../../mesh/sandbox/html';
import { sizeText } from '../../mesh/sandbox/page-frame';
import { deedOf } from './attachment-kinds';
import { icon, type Icon } from './icons';
import { markHtml, narrativeHtml } from './narrative-html';

export interface PagePart {
  key: string;
  html: string;
}

/** @param answer what an acknowledgement says, to stand before everything else */
export function pageParts(preview: Preview, answer?: Html): PagePart[] {
  const { patient, sections, beyond, envelope, narrative, attachments } = preview;
  const parts: [string, Html | undefined][] = [
    ['broken', brokenHtml(preview.verdict)],
    ['answer', answer],
    ['head', headHtml(preview, answer !== undefined)],
    ['patient', patient && bannerHtml(patient)],
    ['envelope', envelope.length > 0 ? envelopeHtml(envelope, sections.length === 0 && !answer) : undefined],
    ['text', narrative && html`<section class="part">${narrativeHtml(narrative)}</section>`],
    ...sections.map((section, i): [string, Html] => [`section-${i}`, sectionHtml(section, 2)]),
    ['beyond', beyond.length > 0 ? beyondHtml(beyond, sections.length > 0) : undefined],
    ['attachments', attachments.length > 0 ? attachmentsHtml(attachments) : undefined],
  ];
  return parts.flatMap(([key, part]) => (part ? [{ key, html: part.text }] : []));
}

/** The strip at the top: one sentence, and a way to the list of problems. */
export function verdictHtml({ errors, warnings, notes }: Verdict): string {
  const sign: Icon = errors > 0 ? 'error' : warnings > 0 ? 'warning' : notes > 0 ? 'information' : 'pass';
  const told = [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')].filter(Boolean);
  const sentence = told.length === 0 ? 'No problems' : told.join(', ');
  return html`${icon(sign)}<span>${sentence}</span>`.text;
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function brokenHtml({ breaks }: Verdict): Html | undefined {
  if (breaks.length === 0) return undefined;
  return html`<div class="broken">
    ${icon('error')}
    <div>
      <p><strong>The text of this message is broken.</strong> What could be read of it is shown.</p>
      ${breaks.map((sentence) => html`<p>${sentence}</p>`)}
    </div>
  </div>`;
}

function headHtml({ title, at, about }: Preview, isAnswer: boolean): Html {
  return html`<header class="head" data-at="${at}">
    ${isAnswer ? html`<h2>${title}</h2>` : html`<h1>${title}</h1>`}
    ${
      about.length > 0 &&
      html`<ul class="about">
        ${about.map((fact) => html`<li data-at="${fact.at}"><span class="unseen">${fact.label}: </span>${shownHtml(fact)}</li>`)}
      </ul>`
    }
  </header>`;
}

function bannerHtml({ at, name, facts, marks }: Banner): Html {
  return html`<section class="banner" aria-label="Patient" data-at="${at}">
    <div class="name" data-at="${name.at}">${shownHtml(name)}</div>
    ${factsHtml(facts)} ${marks.map(markHtml)}
  </section>`;
}

const IN_SUMMARY: ReadonlySet<string> = new Set(['From', 'Sent', 'For']);

function envelopeHtml(facts: readonly Fact[], isOpen: boolean): Html {
  const told = facts
    .filter(({ label }) => IN_SUMMARY.has(label))
    .map(({ label, text }) => (label === 'For' ? text : `${label} ${text}`));
  const wrong = facts.some(({ marks }) => marks.length > 0);
  return html`<details class="envelope" data-key="envelope" ${(isOpen || wrong) && html` open`}>
    <summary>${told.length > 0 ? told.join(' · ') : 'Header and handling'}</summary>
    ${factsHtml(facts)}
  </details>`;
}

function factsHtml(facts: readonly Fact[]): Html {
  return html`<dl class="facts">
    ${facts.map(
      (fact) =>
        html`<div data-at="${fact.at}">
          <dt>${fact.label}</dt>
          <dd>${shownHtml(fact)}</dd>
        </div>`,
    )}
  </dl>`;
}

/** What a value says, and what is wrong with it. */
function shownHtml(shown: Shown): Html {
  return html`${valueHtml(shown)}${shown.marks.map(markHtml)}`;
}

/** Each thing on its own line. */
function valueHtml({ text, marks }: Shown): Html {
  const [first = '', ...more] = text.split('\n');
  const [worst] = marks;
  const sign = worst && html` marked ${worst.disagrees ? 'differs' : worst.severity}`;
  const below = more.map((line) => html`<br /><span class="after">${line}</span>`);
  return html`<span class="value${sign}">${first}${below}</span>`;
}

function sectionHtml(section: PreviewSection, level: 2 | 3): Html {
  const { title, at, narrative, marks, blocks, sections } = section;
  const go = html`<button type="button" class="go" data-go="${at}" title="Show in the message">
    <span class="unseen">Show ${title} in the message</span>${icon('go')}
  </button>`;
  const inside = html`<div class="sides">
      <div class="side">
        ${narrative ? html`<div data-at="${narrative.at}">${narrativeHtml(narrative)}</div>` : sections.length === 0 && html`<p class="soft">This section has no text.</p>`}
        ${marks.map(markHtml)}
      </div>
      ${blocks.length > 0 && html`<div class="side coded">${blocks.map((block) => blockHtml(block))}</div>`}
    </div>
    ${sections.map((inner) => sectionHtml(inner, 3))}`;
  const heading = level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`;
  return html`<section class="part level-${level}" data-at="${at}">
    <div class="heading">${heading}${go}</div>
    ${inside}
  </section>`;
}

function blockHtml(block: Block): Html {
  if (block.form === 'missing')
    return html`<p class="note" data-at="${block.at}">
      ${icon('warning')}<span>An entry leads nowhere: ${block.says}</span>
    </p>`;
  if (block.form === 'facts')
    return html`<div class="block" data-at="${block.at}">
      <p class="caption">${block.caption}</p>
      ${block.facts.length > 0 ? factsHtml(block.facts) : html`<p class="soft">It says nothing that is shown here.</p>`}
      ${block.marks.map(markHtml)}
    </div>`;
  const { caption, columns } = block;
  return html`<div class="block scrolls" tabindex="0" role="group" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${block.lines.map((line) => lineHtml(line, columns.length))}
      </tbody>
    </table>
  </div>`;
}

/** What is wrong with it has a line of its own: a column may be narrow. */
function lineHtml({ at, cells, marks }: Line, width: number): Html {
  const all = [...cells.flatMap((cell) => cell?.marks ?? []), ...marks];
  return html`<tr data-at="${at}">
      ${cells.map((cell) => html`<td>${cell && valueHtml(cell)}</td>`)}
    </tr>
    ${
      all.length > 0 &&
      html`<tr class="wrong">
        <td colspan="${width}">${all.map(markHtml)}</td>
      </tr>`
    }`;
}

function beyondHtml(blocks: readonly Block[], inDocument: boolean): Html {
  return html`<section class="part">
    <div class="heading"><h2>${inDocument ? 'Also in the message' : 'In the message'}</h2></div>
    <div class="coded">${blocks.map((block) => blockHtml(block))}</div>
  </section>`;
}

function attachmentsHtml(attachments: readonly Attachment[]): Html {
  return html`<section class="part">
    <div class="heading"><h2>Attachments</h2></div>
    <ul class="attachments">
      ${attachments.map(attachmentHtml)}
    </ul>
  </section>`;
}

function attachmentHtml({ at, name, contentType, bytes }: Attachment): Html {
  const { kind, deed } = deedOf(contentType);
  const size = bytes === undefined ? 'no content' : sizeText(bytes);
  return html`<li data-at="${at}">
    ${icon('paperclip')}
    <span><strong>${name}</strong><span class="soft"> ${kind}, ${size}</span></span>
    ${
      bytes !== undefined &&
      html`<span class="deeds">
        ${deed === 'open' && html`<button type="button" class="deed" data-open="${at}">Open<span class="unseen"> ${name}</span></button>`}
        <button type="button" class="deed" data-save="${at}">Save as…<span class="unseen"> ${name}</span></button>
      </span>`
    }
  </li>`;
}

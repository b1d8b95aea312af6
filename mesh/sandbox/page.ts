// The page at `/`: what a person sees of the sandbox. Pure: from a plain view to HTML. It holds nothing of a patient.
import { html, type Html } from './html';
import { document, GROUPED, sizeText } from './page-frame';
import { REFRESH } from './page-script';
import { ALL_IS_WELL } from './scenario-groups';

export interface PageView {
  /** For instance `http://127.0.0.1:8700`. */
  url: string;
  strict: boolean;
  tls: 'none' | 'server' | 'both';
  /** Where messages are kept; undefined in memory. */
  folder?: string;
  /** The same for every mailbox, when it is the public one that protects nothing. */
  publicSecrets?: { password: string; sharedKey: string };
  mailboxes: readonly PageMailbox[];
  /** Newest first. */
  messages: readonly PageMessage[];
  /** How many there are, of which `messages` may be the newest. */
  total: number;
  groups: readonly PageGroup[];
  /** The scenario that every message meets; undefined when all is well. */
  playing?: string;
}

export interface PageMailbox {
  mailbox: string;
  name: string;
  odsCode: string;
  answered: boolean;
  waiting: number;
}

export interface PageMessage {
  id: string;
  at: Date;
  /** Fit to be shown: without the patient of a GPPROVIDER address. */
  from: string;
  to: string;
  workflowId: string;
  bytes: number;
  /** How many have arrived, of how many. */
  parts: number;
  of: number;
  /** MESH's own word. */
  status: string;
  /** What became of it, as a sentence. */
  told?: string;
  /** What a person should know besides: that a scenario asked for what the message did not want, for instance. */
  note?: string;
}

/** Scenarios that belong together. */
export interface PageGroup {
  title: string;
  /** Shown when somebody asks for it. */
  folded: boolean;
  scenarios: readonly PageScenario[];
}

export interface PageScenario {
  name: string;
  says: string;
}

/** @param nonce the one that the page's Content-Security-Policy names */
export function pageOf(view: PageView, nonce: string): string {
  const { url, playing } = view;
  const title = `${playing === undefined ? '' : `${playing} · `}MESH sandbox ${url.replace(/^\w+:\/\//, '')}`;
  const body = html`<header>
      <div class="top">
        <h1>MESH sandbox</h1>
        <span class="address">${url}</span>
      </div>
      <ul class="facts">
        ${facts(view).map((fact) => html`<li>${fact}</li>`)}
      </ul>
      <div data-part="playing" aria-live="polite">${playing === undefined ? undefined : banner(view, playing)}</div>
      <p class="gone" role="status">
        The sandbox does not answer: it has stopped, perhaps. This is how it stood at <span id="last"></span>; the page
        goes on by itself when it runs again.
      </p>
    </header>
    <main class="columns">
      <div class="stack">
        <section>
          <h2>Mailboxes</h2>
          <ul class="mailboxes" data-part="mailboxes">
            ${view.mailboxes.map(mailboxItem)}
          </ul>
          ${view.publicSecrets && secretsLine(view.publicSecrets)}
        </section>
        <section data-part="messages">
          <h2>Messages <span class="soft">${countLine(view)}</span></h2>
          ${view.messages.length === 0 ? emptyState(view) : messageTable(view.messages)}
        </section>
      </div>
      <section>
        <h2>Scenarios</h2>
        <p class="how">
          What goes wrong, and when. Choose one for every message from now on; or give one message a scenario of its
          own, by the SenderReference <code>sandbox:NAME</code> in its handling specification.
        </p>
        <form class="card scenarios" method="post" action="/scenario" data-part="scenarios">${scenarioList(view)}</form>
      </section>
    </main>`;
  return document({ title, nonce, body, script: REFRESH });
}

const TLS = {
  none: 'Plain http',
  server: 'TLS, with a certificate of its own',
  both: 'TLS, and a client certificate is demanded',
};

function facts({ strict, tls, folder }: PageView): Html[] {
  return [
    strict
      ? html`<b>Strict</b>: as the real MESH where NHS England’s sandbox is lenient`
      : html`Behaves as <b>NHS England’s own sandbox</b>`,
    html`${TLS[tls]}, this machine only`,
    folder === undefined
      ? html`Messages in <b>memory</b>: they go when it stops`
      : html`Messages kept in <b class="mono">${folder}</b>`,
  ];
}

function banner({ groups }: PageView, playing: string): Html {
  const scenario = groups.flatMap(({ scenarios }) => scenarios).find(({ name }) => name === playing);
  return html`<form class="playing" method="post" action="/scenario">
    <p>Every message meets <strong>${playing}</strong>${scenario && html`. ${scenario.says}`}</p>
    <button name="scenario" value="">All is well again</button>
  </form>`;
}

function mailboxItem({ mailbox, name, odsCode, answered, waiting }: PageMailbox): Html {
  return html`<li class="card">
    <div>
      <h3>${mailbox}</h3>
      <p>${name}, ODS code ${odsCode}</p>
      <p>${answered ? 'Answers by itself, as a GP system does' : 'Keeps what arrives until you collect it'}</p>
    </div>
    <p class="waiting${waiting === 0 && ' none'}"><b>${waiting}</b>waiting</p>
  </li>`;
}

function secretsLine({ password, sharedKey }: { password: string; sharedKey: string }): Html {
  return html`<p class="below">
    Password <code>${password}</code>, shared key <code>${sharedKey}</code> for each: the public ones of NHS England’s
    sandbox. They protect nothing.
  </p>`;
}

function countLine({ messages, total }: PageView): string {
  if (total === 0) return '';
  return messages.length < total
    ? `the newest ${GROUPED.format(messages.length)} of ${GROUPED.format(total)}`
    : GROUPED.format(total);
}

function emptyState({ url, mailboxes, publicSecrets }: PageView): Html {
  const sender = mailboxes.find(({ answered }) => !answered) ?? mailboxes[0];
  const practice = mailboxes.find(({ answered }) => answered) ?? mailboxes.at(-1);
  return html`<div class="card empty">
    <h3>No message yet</h3>
    <p>
      In VS Code, open a message and run <b>ITK3: Send message to MESH mailbox…</b> Or send with any MESH client, as
      below.
      ${practice?.answered && html`${practice.name} checks what arrives and answers; the answers wait for the sender.`}
    </p>
    <dl>
      <dt>Address</dt>
      <dd class="mono">${url}</dd>
      <dt>From</dt>
      <dd class="mono">${sender?.mailbox}</dd>
      <dt>To</dt>
      <dd class="mono">${practice?.mailbox}</dd>
      ${
        publicSecrets &&
        html`<dt>Password, shared key</dt>
          <dd class="mono">${publicSecrets.password}, ${publicSecrets.sharedKey}</dd>`
      }
    </dl>
  </div>`;
}

function messageTable(messages: readonly PageMessage[]): Html {
  return html`<div class="card">
    <table>
      <thead>
        <tr>
          <th>When (UTC)</th>
          <th>From → to</th>
          <th>Workflow</th>
          <th class="number">Size</th>
          <th>What became of it</th>
        </tr>
      </thead>
      <tbody>
        ${messages.map(messageRow)}
      </tbody>
    </table>
  </div>`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function messageRow(message: PageMessage): Html {
  const { id, at, from, to, workflowId, status, told, note } = message;
  const iso = at.toISOString();
  return html`<tr data-id="${id}">
    <td class="nowrap">
      <a href="/messages/${encodeURIComponent(id)}" title="${id}: open it"
        ><time datetime="${iso}"><span class="soft">${DAY.format(at)}</span> ${iso.slice(11, 19)}</time></a
      >
    </td>
    <td class="number only-narrow nowrap">${sizeOf(message)}</td>
    <td class="wide route"><span>${from}</span> <br /><i>→</i>&nbsp;<span>${to}</span></td>
    <td class="wide route"><span>${workflowId}</span></td>
    <td class="number only-wide nowrap">${sizeOf(message)}</td>
    <td class="wide told">
      <span class="chip ${TONES[status] ?? ''}">${status}</span>
      ${told !== undefined && html`<span>${told}</span>`}
      ${note !== undefined && html`<span class="note">${note}</span>`}
    </td>
  </tr>`;
}

const TONES: Record<string, string> = { acknowledged: 'good', undeliverable: 'bad' };

function sizeOf({ bytes, parts, of }: PageMessage): Html {
  const inParts = parts < of ? `${parts} of ${of} parts` : `${of} parts`;
  return html`${sizeText(bytes)}${of > 1 && html` <small>${inParts}</small>`}`;
}

function scenarioList({ groups, playing }: PageView): Html {
  const item = ({ name, says }: PageScenario) =>
    html`<li>
      <button name="scenario" value="${name}" aria-pressed="${String(name === playing)}">
        <b>${name}</b><span>${says}</span>
      </button>
    </li>`;
  const list = ({ title, scenarios }: PageGroup) =>
    html`<ul aria-label="${title}">
      ${scenarios.map(item)}
    </ul>`;
  const group = (one: PageGroup, index: number) =>
    one.folded
      ? html`<details id="group-${index}" ${one.scenarios.some(({ name }) => name === playing) && 'open'}>
          <summary>${one.title} <span>${one.scenarios.length}</span></summary>
          ${list(one)}
        </details>`
      : html`<h3>${one.title}</h3>
          ${list(one)}`;
  return html`<ul>
      <li class="well">
        <button name="scenario" value="" aria-pressed="${String(playing === undefined)}">
          <b>${ALL_IS_WELL.label}</b><span>${ALL_IS_WELL.says}</span>
        </button>
      </li>
    </ul>
    ${groups.map(group)}`;
}

// What the sandbox's pages show, taken out of the sandbox: of patients nothing on the first, all on a message's own.
import { mask, maskAddress } from '../errors';
import { meaningOf } from '../reports';
import { DEFAULT_MAILBOXES } from './accounts';
import type { SandboxMailbox } from './accounts';
import { beginningOf } from './content';
import type { Mailboxes } from './mailboxes';
import { failureOf, reachedAt, sizeOf, statusOf } from './message';
import type { StoredMessage } from './message';
import type { MessagePageView } from './message-page';
import type { PageMessage, PageView } from './page';
import type { Scenario } from './scenario';
import { groupsOf } from './scenario-groups';

/** More would make the page slow, and nobody would read them. */
const MOST_MESSAGES = 200;

/** Of a message's content; more would make a browser slow. */
const MOST_CONTENT = 256 * 1024;

/** What the pages are made from. */
export interface PageSource extends Pick<PageView, 'url' | 'strict' | 'tls' | 'folder' | 'playing'> {
  scenarios: readonly Scenario[];
  mailboxes: Mailboxes;
  /** What became of a message for an answered mailbox, a sentence each. */
  told(messageId: string): readonly string[];
}

export function viewOf(source: PageSource): PageView {
  const { mailboxes, url, strict, tls, folder, scenarios, playing } = source;
  const { accounts } = mailboxes;
  const messages = mailboxes.messages().sort((a, b) => b.order - a.order);
  return {
    url,
    strict,
    tls,
    folder,
    groups: groupsOf(scenarios),
    playing,
    publicSecrets: publicSecretsOf(accounts),
    mailboxes: accounts.map((account) => {
      const { mailbox, name, odsCode, answered } = account;
      return { mailbox, name, odsCode, answered, waiting: mailboxes.waiting(account).length };
    }),
    messages: messages.slice(0, MOST_MESSAGES).map((message) => rowOf(message, source)),
    total: messages.length,
  };
}

/** Only those that the whole world knows are shown. */
function publicSecretsOf(accounts: readonly SandboxMailbox[]): PageView['publicSecrets'] {
  const [known] = DEFAULT_MAILBOXES;
  const isKnown = (one: SandboxMailbox) => one.password === known?.password && one.sharedKey === known.sharedKey;
  return known && accounts.every(isKnown) ? { password: known.password, sharedKey: known.sharedKey } : undefined;
}

function rowOf(message: StoredMessage, source: PageSource): PageMessage {
  const said = source.told(message.id).map(asSentence);
  const notes = said.filter((sentence) => sentence.startsWith('Not answered with'));
  const told = said.filter((sentence) => !notes.includes(sentence));
  return {
    id: message.id,
    at: message.uploaded,
    from: message.type === 'REPORT' ? 'MESH' : maskAddress(message.from.mailbox),
    to: maskAddress(message.to.mailbox),
    workflowId: mask(message.workflowId),
    bytes: sizeOf(message),
    parts: message.parts.size,
    of: message.of,
    status: statusOf(message),
    told: told.length > 0 ? told.join(' ') : becameOf(message, source.mailboxes),
    note: notes.length > 0 ? notes.join(' ') : undefined,
  };
}

const asSentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;

function becameOf(message: StoredMessage, mailboxes: Mailboxes): string {
  const { to, answered = [] } = message;
  if (message.type === 'REPORT') {
    const { code = '' } = failureOf(message) ?? {};
    return `Report${/^[\w-]{1,10}$/.test(code) ? ` ${code}` : ''}. ${meaningOf(code)}`;
  }
  switch (statusOf(message)) {
    case 'uploading':
      return 'More parts are to come.';
    case 'accepted':
      return mailboxes.account(to.mailbox)?.answered
        ? 'Not dealt with yet.'
        : `Waits for ${maskAddress(to.mailbox)} to collect it.`;
    case 'acknowledged':
      if (answered.length > 0)
        return `Answered with ${answered.length === 1 ? 'a message' : `${answered.length} messages`}.`;
      return `Collected at ${reachedAt(message, 'acknowledged')?.toISOString().slice(11, 19) ?? 'an unknown time'}.`;
    case 'undeliverable':
    case 'error':
      return 'Not delivered: its sender has a report.';
  }
}

/** Undefined when there is no such message. */
export async function messageViewOf(id: string, source: PageSource): Promise<MessagePageView | undefined> {
  const message = source.mailboxes.message(id);
  if (!message) return undefined;
  const { content, more } = await beginningOf(message, source.mailboxes, MOST_CONTENT);
  const failure = failureOf(message);
  return {
    id: message.id,
    envelope: [
      ['Type', message.type],
      ['From', message.from.mailbox || message.from.name],
      ['To', message.to.mailbox],
      ['Workflow', message.workflowId],
      ['Subject', message.subject],
      ['Local id', message.localId],
      ['File name', message.fileName],
      ['Content type', message.contentType],
      ['Content encoding', message.encoding],
      ['Parts', message.of > 1 ? `${message.parts.size} of ${message.of}` : undefined],
      ['Status', [statusOf(message), failure?.code, failure?.description].filter(Boolean).join(' · ')],
      ['About message', failure?.linkedMessageId],
      ['Uploaded', message.uploaded.toISOString()],
      ['Expires', message.expires.toISOString()],
    ],
    told: source.told(message.id).map(asSentence),
    bytes: sizeOf(message),
    content: content.length > 0 ? content : undefined,
    more,
  };
}

// The sandbox's mailboxes and the messages in them. Knows nothing of HTTP; what it resolves is kept by the store.
import type { SandboxMailbox } from './accounts';
import { statusOf } from './message';
import type { Draft, MessageEvent, StoredMessage } from './message';
import type { Store } from './store';

/** A reply to a message, and when it is to be out. */
export interface PlannedReply {
  draft: Draft;
  due: Date;
}

export interface Mailboxes {
  readonly accounts: readonly SandboxMailbox[];
  /** Ids are compared in upper case, as MESH does. */
  account(mailbox: string): SandboxMailbox | undefined;
  message(id: string): StoredMessage | undefined;
  /** All that are not held back, in no order. */
  messages(): StoredMessage[];
  /** Accepted and not yet acknowledged, oldest first. */
  waiting(owner: SandboxMailbox): StoredMessage[];
  /** Oldest first. */
  sent(owner: SandboxMailbox): StoredMessage[];
  sentWithLocalId(owner: SandboxMailbox, localId: string): StoredMessage[];
  /** The bytes as they were stored. Undefined when that part never came. */
  part(message: StoredMessage, number: number): Promise<Buffer | undefined>;

  accept(draft: Draft): Promise<StoredMessage>;
  /** Takes one more part, unless `refuse` has something against it; the last one by number completes the message. */
  takePart<Refusal>(
    id: string,
    number: number,
    bytes: Buffer,
    refuse: (message: StoredMessage | undefined) => Refusal | undefined,
  ): Promise<{ message: StoredMessage } | { refused: Refusal }>;
  /** Whatever the status was before. Undefined when there is no such message. */
  happened(id: string, event: Omit<MessageEvent, 'at'>): Promise<StoredMessage | undefined>;
  /** May be repeated; the first time counts. */
  acknowledge(message: StoredMessage): Promise<void>;
  /**
   * Something happens to the message and others are sent because of it, both or neither: the replies are stored where
   * nobody sees them, then the message with their ids, then they are let out when they are due.
   */
  settle(
    message: StoredMessage,
    outcome: (current: StoredMessage) => Omit<MessageEvent, 'at'> | 'unchanged' | 'leave',
    replies: readonly PlannedReply[],
  ): Promise<void>;
  /** Lets out the replies given for good that are due by then. Resolves with those that are not due. */
  release(time?: Date): Promise<{ id: string; due: Date }[]>;
  /** Removes what came to one mailbox and forgets what it sent; or removes everything. */
  reset(owner?: SandboxMailbox): Promise<void>;
}

const INBOX_EXPIRY = 5 * 24 * 60 * 60 * 1000;

/** Reads what the store holds. Answers that were never given for good are taken back: their message waits again. */
export async function openMailboxes(
  mailboxes: readonly SandboxMailbox[],
  store: Store,
  options: { now: () => Date; randomUUID: () => string; onDeliver?: (mailbox: string) => void },
): Promise<Mailboxes> {
  const { now, randomUUID, onDeliver = () => undefined } = options;
  const accounts = mailboxes.map((account) => ({ ...account, mailbox: account.mailbox.toUpperCase() }));
  const byId = new Map(accounts.map((account) => [account.mailbox, account]));
  const messages = new Map<string, StoredMessage>();
  const held = new Map<string, StoredMessage>();
  const busy = new Map<string, Promise<unknown>>();
  // A reset is no time to give an answer: it would be left over.
  const settling = new Set<Promise<void>>();
  let resetting: Promise<unknown> = Promise.resolve();
  let lastOrder = 0;

  /** Before that a kill takes it back, so nobody may see it. */
  const isGiven = ({ id, held: plan }: StoredMessage) =>
    plan !== undefined && messages.get(plan.answers)?.answered?.includes(id) === true;

  const loaded = (await store.load()).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  for (const message of loaded) {
    lastOrder = Math.max(message.order, lastOrder + 1);
    (message.held ? held : messages).set(message.id, { ...message, order: lastOrder });
  }
  for (const reply of held.values()) {
    if (isGiven(reply)) continue;
    held.delete(reply.id);
    await store.remove(reply);
  }

  const nextOrder = () => (lastOrder = Math.max(now().getTime() * 1000, lastOrder + 1));

  /** As MESH's own look: `yyyyMMddHHmmssSSSSSS_XXXXXX`, six digits of the second, six hexadecimal ones of chance. */
  const newId = (order: number) => {
    const stamp = new Date(Math.floor(order / 1000)).toISOString().replace(/\D/g, '');
    const chance = randomUUID().replaceAll('-', '').slice(-6).toUpperCase();
    return `${stamp}${String(order % 1000).padStart(3, '0')}_${chance}`;
  };

  /** One change of a message after the other: what a change finds is still so when it is saved. */
  const alone = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const done = (busy.get(id) ?? Promise.resolve()).then(work, work);
    busy.set(id, done);
    const forget = () => {
      if (busy.get(id) === done) busy.delete(id);
    };
    done.then(forget, forget);
    return done;
  };

  const save = async (message: StoredMessage): Promise<StoredMessage> => {
    await store.saveMessage(message);
    const before = messages.get(message.id);
    (message.held ? held : messages).set(message.id, message);
    if (!message.held) held.delete(message.id);
    // One that comes into its inbox again has another place in the order.
    const isThere = !message.held && statusOf(message) === 'accepted';
    const wasThere = before !== undefined && statusOf(before) === 'accepted' && before.order === message.order;
    if (isThere && !wasThere) onDeliver(message.to.mailbox);
    return message;
  };

  const withEvent = (message: StoredMessage, event: Omit<MessageEvent, 'at'>): StoredMessage => {
    const at = now();
    const events = [{ ...event, at }, ...message.events];
    return event.status === 'accepted'
      ? { ...message, events, order: nextOrder(), expires: expiryFrom(at) }
      : { ...message, events };
  };

  const create = async (draft: Draft, hold?: StoredMessage['held']): Promise<StoredMessage> => {
    const { parts, of = parts.length, type = 'DATA', history = [], ...outside } = draft;
    const at = now();
    const order = nextOrder();
    const id = newId(order);
    const status = hold || parts.length < of ? 'uploading' : 'accepted';
    const message: StoredMessage = {
      ...outside,
      id,
      type,
      order,
      fileName: draft.fileName ?? `${id}.dat`,
      of,
      parts: new Map(parts.map((bytes, index) => [index + 1, bytes.length])),
      uploaded: at,
      expires: expiryFrom(at),
      events: [{ status, at }, ...history],
      held: hold,
    };
    for (const [index, bytes] of parts.entries()) await store.savePart(message, index + 1, bytes);
    return save(message);
  };

  const of = (id: string) => messages.get(id.toUpperCase());

  const release = async (until = now()) => {
    const time = until.getTime();
    const due = [...held.values()]
      .filter(isGiven)
      .filter((reply) => (reply.held?.due.getTime() ?? 0) <= time)
      .sort((a, b) => (a.held?.due.getTime() ?? 0) - (b.held?.due.getTime() ?? 0) || a.order - b.order);
    for (const { id } of due) {
      await alone(id, async () => {
        const reply = held.get(id);
        if (reply) await save(withEvent({ ...reply, held: undefined }, { status: 'accepted' }));
      });
    }
    return [...held.values()].filter(isGiven).flatMap(({ id, held: plan }) => (plan ? [{ id, due: plan.due }] : []));
  };

  const settle: Mailboxes['settle'] = async ({ id }, outcome, replies) => {
    await alone(id, async () => {
      const message = of(id);
      const event = message ? outcome(message) : 'leave';
      if (!message || event === 'leave') return;
      const answered = [...(message.answered ?? [])];
      for (const { draft, due } of replies) answered.push((await create(draft, { answers: id, due })).id);
      await save({ ...(event === 'unchanged' ? message : withEvent(message, event)), answered });
    });
    await release();
  };

  const reset: Mailboxes['reset'] = async (owner) => {
    for (const { id, to, from } of [...messages.values(), ...held.values()]) {
      await alone(id, async () => {
        const message = messages.get(id) ?? held.get(id);
        if (!message) return;
        if (owner && to.mailbox !== owner.mailbox) {
          if (from.mailbox === owner.mailbox) await save({ ...message, forgotten: true });
          return;
        }
        await store.remove(message);
        messages.delete(id);
        held.delete(id);
      });
    }
    // What was still to be said about messages that are gone.
    for (const reply of held.values()) {
      if (messages.has(reply.held?.answers ?? '')) continue;
      held.delete(reply.id);
      await store.remove(reply);
    }
  };

  return {
    accounts,
    account: (mailbox) => byId.get(mailbox.trim().toUpperCase()),
    message: of,
    messages: () => [...messages.values()],
    waiting: (owner) =>
      [...messages.values()]
        .filter((message) => message.to.mailbox === owner.mailbox && statusOf(message) === 'accepted')
        .sort((a, b) => a.order - b.order),
    sentWithLocalId: (owner, localId) =>
      [...messages.values()].filter((message) => isSentBy(message, owner) && message.localId === localId),
    sent: (owner) =>
      [...messages.values()].filter((message) => isSentBy(message, owner)).sort((a, b) => a.order - b.order),
    part: (message, number) => (message.parts.has(number) ? store.part(message, number) : Promise.resolve(undefined)),

    accept: (draft) => create(draft),
    takePart: (id, number, bytes, refuse) =>
      alone(id.toUpperCase(), async () => {
        const message = of(id);
        const refused = refuse(message);
        if (refused !== undefined) return { refused };
        if (!message) throw new RangeError('No such message');
        await store.savePart(message, number, bytes);
        const more = { ...message, parts: new Map(message.parts).set(number, bytes.length) };
        if (number === message.of) return { message: await save(withEvent(more, { status: 'accepted' })) };
        messages.set(message.id, more);
        return { message: more };
      }),
    happened: (id, event) =>
      alone(id.toUpperCase(), async () => {
        const message = of(id);
        return message && save(withEvent(message, event));
      }),
    acknowledge: ({ id }) =>
      alone(id, async () => {
        const message = of(id);
        if (message && statusOf(message) === 'accepted') await save(withEvent(message, { status: 'acknowledged' }));
      }),
    async settle(message, outcome, replies) {
      await resetting;
      const work = settle(message, outcome, replies);
      settling.add(work);
      await work.finally(() => settling.delete(work));
    },
    release,
    async reset(owner) {
      const done = resetting.then(() => Promise.allSettled(settling)).then(() => reset(owner));
      resetting = done.catch(() => undefined);
      await done;
    },
  };
}

/** A message has its days in the inbox from when it comes there, be it again. */
const expiryFrom = (time: Date) => new Date(time.getTime() + INBOX_EXPIRY);

const isSentBy = (message: StoredMessage, { mailbox }: SandboxMailbox) =>
  message.from.mailbox === mailbox && !message.forgotten;

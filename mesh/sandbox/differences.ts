// Where this sandbox, not being strict, answers otherwise than NHS England's own, on purpose. A strict one: strict.ts.

export interface Difference {
  what: string;
  /** NHS England's mesh-sandbox: what it does. */
  real: string;
  ours: string;
  why: string;
  /** The recorded exchanges it shows in, with the status that this sandbox answers instead. */
  recorded?: Readonly<Record<string, number>>;
  /** Headers of answers in which the two are not compared. */
  headers?: readonly string[];
}

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'A `continue_from` that leads nowhere',
    real: '500 in version 2; in version 1 the list begins again',
    ours: '400, naming the parameter',
    why: 'It is the caller who is wrong, and should hear it.',
    recorded: { 'continue_from garbage of legal length: the sandbox answers 500': 400 },
  },
  {
    what: 'Acknowledging between two pages of an inbox',
    real: 'The next page begins again from the top',
    ours: 'The next page goes on where the last one ended',
    why: 'So that reading page by page shows every message once, whatever is acknowledged meanwhile.',
  },
  {
    what: '`Last-Modified`',
    real: 'Ends in UTC, which is no date to HTTP',
    ours: 'Ends in GMT',
    why: 'Clients may read it as the date that HTTP says it is.',
    headers: ['last-modified'],
  },
  {
    what: '`Mex-Content-Encrypted: N` and `Mex-Content-Compressed: N`',
    real: 'Versions up to March 2024 tell the recipient Y',
    ours: 'No such header, as its later versions',
    why: 'N means no.',
    headers: ['mex-content-encrypted'],
  },
  {
    what: 'A report made without a status',
    real: 'Versions up to March 2024 lose its code, its subject and the message it is about',
    ours: 'Code 14 about that message, as its later versions',
    why: 'A report that says nothing is no use to try a client with.',
    recorded: {
      'GET of that report: this commit loses code and linked id (fixed upstream later)': 200,
      'Rich inbox (undocumented)': 200,
    },
  },
  {
    what: '`Content-Type` of a message',
    real: 'Told to the recipient in lower case',
    ours: 'Told as it was sent',
    why: 'A boundary or another parameter may depend on its case.',
  },
  {
    what: 'Tracking by a local id that holds a slash',
    real: '404: its framework takes the slash apart, however it is encoded',
    ours: 'Found',
    why: 'Local ids are the sender’s own, and the specification forbids no character of them.',
  },
  {
    what: 'Several mistakes in one `Authorization`',
    real: 'Told first: another mailbox than in the path, then the form, then an unknown mailbox',
    ours: 'Told first: an unknown mailbox, then the form, then another mailbox',
    why: 'A token that cannot be read names no mailbox.',
  },
  {
    what: 'Version 3 in `Accept`',
    real: 'Tracking and listings end in 500',
    ours: 'Answered as version 2',
    why: 'There is no version 3; everything else is answered as version 2 by both.',
  },
  {
    what: 'Message ids',
    real: '32 hexadecimal digits',
    ours: 'As real MESH: 20 digits of the time, `_`, six hexadecimal digits',
    why: 'What is tried here is sent to MESH later.',
  },
  {
    what: 'One request of more than 1 GiB',
    real: 'Taken, if it fits into memory',
    ours: '413',
    why: 'A request is held in memory. MESH itself takes 100 MB, which is what a strict sandbox holds clients to.',
  },
  {
    what: 'Requests from web pages: `Origin`, or a `Host` that is not this machine',
    real: 'Answered',
    ours: '403',
    why: 'A page in a browser on this machine must not read or send messages.',
  },
  {
    what: 'Modes without authorisation and with canned messages',
    real: 'AUTH_MODE none and canned, STORE_MODE canned',
    ours: 'There are none: authorisation is always checked, what is sent is always kept',
    why: 'A client that passes here must be able to sign in to MESH.',
    recorded: {
      'Nonce must be the word VALID (any case); nothing else is checked': 403,
      'Any other nonce -> 403': 200,
      'Canned inbox of X26ABC1': 403,
      'Canned message': 403,
      'Canned undeliverable message -> 410': 403,
      'Canned chunked gzip message, chunk 1': 403,
      'Send on the read-only store: 202 ...': 403,
      '... but nothing was kept': 403,
      'Acknowledge on the read-only store: 200 ...': 403,
      '... and it is still listed': 403,
      'Reset -> 405': 200,
      'No Authorization needed': 403,
    },
  },
];

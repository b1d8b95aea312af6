// What a scenario may ask of the sandbox: plain data, as it stands in scenarios.json and in files of the user's own.

/** The codes of the reports that MESH sends when a message cannot be delivered. */
export const REPORT_CODES = ['14', 'EPL-150', 'EPL-151', 'EPL-152', 'EPL-153', 'EPL-154'] as const;

/** What a client does that can go wrong, by the names of the routes. */
export const FAULTY_ROUTES = [
  'handshake',
  'send',
  'part',
  'track',
  'track-by-local-id',
  'count',
  'inbox',
  'head',
  'download',
  'acknowledge',
  'lookup',
  'search',
] as const;

export const BODIES = ['no-json', 'no-response', 'stray'] as const;
export const FAULTS = ['status', 'reset', 'trickle', 'silence'] as const;
export const MOMENTS = ['request', 'answer'] as const;

export interface Scenario {
  /** How it is called for. Capitals make no difference. */
  name: string;
  /** What happens and what it is good for, in one line. */
  says: string;
  /** What the GP system sends back, in this order, to a message that it can read. None: it keeps silent. */
  answers?: readonly ScenarioAnswer[];
  /** MESH takes the message and then tells its sender that it could not be delivered; the GP system never sees it. */
  report?: { code: (typeof REPORT_CODES)[number]; afterSeconds?: number };
  /** What goes wrong on the way. */
  wire?: Fault;
}

/** A message that is not wanted by the flags of the message answered is not sent. */
export interface ScenarioAnswer {
  /** An ITK3 response code. */
  code: string;
  /** Words for a person, in the answer. */
  diagnostics?: string;
  /** Default 1. All of them are the same message, as if it had been delivered so often. */
  times?: number;
  /** From when the message was dealt with. */
  afterSeconds?: number;
  /**
   * What is wrong with it. no-json: it breaks off, JSON or XML. no-response: its header does not say what it answers.
   * stray: it answers a message that nobody sent.
   */
  body?: (typeof BODIES)[number];
}

interface WhereAndWhen {
  /** The routes that are hit; every one of FAULTY_ROUTES when not given. */
  at?: readonly (typeof FAULTY_ROUTES)[number][];
  /** How often the same request is hit before all is well again; always when not given. */
  times?: number;
  /** The request does its work before things go wrong; otherwise it does none. */
  processed?: boolean;
}

export type Fault = WhereAndWhen &
  (
    | {
        does: 'status';
        status: number;
        /** Seconds, as the header Retry-After. */
        retryAfter?: number;
        /** The answer is a web page, as a proxy sends one. */
        page?: boolean;
      }
    /** The connection is broken while the request is read or while it is answered; at once when not given. */
    | { does: 'reset'; in?: (typeof MOMENTS)[number] }
    | { does: 'trickle'; bytesPerSecond: number }
    /** No answer, until the client gives up or the sandbox closes. */
    | { does: 'silence' }
  );

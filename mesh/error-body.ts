// The body of an answer that is no success, read. Only what a table here knows comes out: a server may repeat anything.
import { json, record } from './answers';
import { TEXT_HEADERS } from './envelope';
import type { MeshResponse } from './transport';

/** What an error body says, whichever of MESH's shapes it has. Empty texts are left out. */
export interface ErrorBody {
  event?: string;
  code?: string;
  description?: string;
  /** What MESH calls the request. */
  id?: string;
  /** In a validation error: the header or query names found wrong. */
  fields: string[];
}

/**
 * Reads all the shapes an error body has: v1 (`errorEvent` …), v2 (`detail: [{event, code, msg}]`), validation
 * (`detail: [{loc, msg}]`), framework (`detail: "…"`), internal (`message`), and anything else as nothing.
 */
export function readErrorBody(response: Pick<MeshResponse, 'body'>): ErrorBody {
  const value = json(response);
  const detail = Array.isArray(value.detail) ? value.detail.map(record) : [];
  const first = detail[0] ?? {};
  const fields = detail.flatMap((entry) => {
    const name: unknown = Array.isArray(entry.loc) ? entry.loc.at(-1) : undefined;
    return typeof name === 'string' ? [name] : [];
  });
  return {
    ...texts({
      event: [value.errorEvent, first.event],
      code: [value.errorCode, first.code],
      description: [value.errorDescription, first.msg, value.detail, value.message],
      id: [value.internal_id, value.internalID],
    }),
    fields,
  };
}

type Texts = Omit<ErrorBody, 'fields'>;

/** For each name the first candidate that is a text and not empty. */
function texts(candidates: Record<keyof Texts, unknown[]>): Texts {
  const found: Texts = {};
  for (const name of ['event', 'code', 'description', 'id'] as const) {
    const text = candidates[name].find((candidate) => typeof candidate === 'string' && candidate !== '');
    if (typeof text === 'string') found[name] = text;
  }
  return found;
}

const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id', 'x-amzn-requestid', 'x-amz-cf-id'];

/** Looks made by a machine: a UUID, a long hexadecimal number, or MESH's own `yyyyMMddHHmmssSSSSSS_XXXXXX`. */
const REQUEST_ID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,64}|20\d{18}_[0-9A-F]{6})$/i;

/** Undefined when there is none that is fit to be shown. */
export function requestIdOf(
  { headers }: MeshResponse,
  { id }: ErrorBody,
  secrets: readonly string[],
): string | undefined {
  const candidates = [id, ...REQUEST_ID_HEADERS.map((name) => headers[name])];
  return candidates.find(
    (text): text is string => text !== undefined && REQUEST_ID.test(text) && !repeats(text, secrets),
  );
}

/** Whether a text holds what must not be shown, as it is or in the writing of machines. */
function repeats(text: string, secrets: readonly string[]): boolean {
  const folded = (one: string) => one.toLowerCase().replaceAll('-', '');
  return secrets
    .filter((secret) => secret.length > 2)
    .some((secret) =>
      [secret, Buffer.from(secret).toString('hex')].some((form) => folded(text).includes(folded(form))),
    );
}

const FIELDS: ReadonlySet<string> = new Set([
  ...TEXT_HEADERS.map(({ header }) => header.toLowerCase()),
  ...['authorization', 'accept', 'content-encoding', 'mex-chunk-range', 'mex-content-type', 'mex-from'],
  ...['mex-content-encrypted', 'mex-content-compressed', 'mex-clientversion', 'mex-osname', 'mex-osversion'],
  ...['messageid', 'max_results', 'continue_from', 'workflow_filter'],
]);

/** Those that a request of ours may have: others are no help, and a server may put anything there. */
export const knownFields = ({ fields }: ErrorBody) => [
  ...new Set(fields.filter((field) => FIELDS.has(field.toLowerCase()))),
];

/** Milliseconds that `Retry-After` asks for, from its seconds or its date; a day at most, for more makes no sense. */
export function retryAfterOf({ headers }: MeshResponse, now: Date): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  const date = Date.parse(headers.date ?? '');
  const from = Number.isNaN(date) ? now.getTime() : date;
  const pause = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - from;
  return pause >= 0 && pause <= 24 * 60 * 60 * 1000 ? pause : undefined;
}

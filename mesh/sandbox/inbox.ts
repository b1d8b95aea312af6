// GET /{mailbox}/inbox: pages, the links between them, and the workflow filter.
import { invalid, tooLong, tooShort, versioned } from './bodies';
import type { Answer, Problem } from './bodies';
import type { Exchange } from './exchange';
import type { Mailboxes } from './mailboxes';
import type { StoredMessage } from './message';

const DEFAULT_PAGE = 500;

export function inbox({ mailboxes, owner, version, path, search }: Exchange): Answer {
  const query = new URLSearchParams(search);
  const problems = queryProblems(query);
  if (problems.length > 0) return invalid(problems);
  const place = query.get('continue_from');
  const last = place === null ? undefined : lastSeen(place, mailboxes);
  if (place !== null && !last)
    return invalid([{ type: 'value_error', loc: CONTINUE, msg: 'Unknown place', input: place }]);
  const all = mailboxes.waiting(owner);
  const passes = workflowFilter(query.get('workflow_filter')?.trim() || '**');
  const rest = all.filter(({ order, workflowId }) => order > (last?.order ?? 0) && passes(workflowId));
  const page = rest.slice(0, Number(query.get('max_results') ?? DEFAULT_PAGE));
  const messages = page.map(({ id }) => id);
  if (version === 1) return versioned(version, 200, { messages });
  const kept = search.split('&').filter((parameter) => parameter !== '' && !parameter.startsWith('continue_from='));
  const end = rest.length > page.length ? page.at(-1) : undefined;
  const next = end && `${path}?${[...kept, `continue_from=${placeAfter(end)}`].join('&')}`;
  const links = { self: kept.length > 0 ? `${path}?${kept.join('&')}` : path, next };
  return versioned(version, 200, { messages, links, approx_inbox_count: all.length });
}

const CONTINUE: Problem['loc'] = ['query', 'continue_from'];

/** Not a bare id, and padded so that it must be percent-encoded: clients are to treat it as opaque. */
const placeAfter = (message: StoredMessage) => encodeURIComponent(Buffer.from(`>${message.id}`).toString('base64'));

/** Version 1 continues from a message id, version 2 from what `links.next` said. */
function lastSeen(place: string, mailboxes: Mailboxes): StoredMessage | undefined {
  return (
    mailboxes.message(place) ?? mailboxes.message(Buffer.from(place, 'base64').toString('latin1').replace(/^>/, ''))
  );
}

/** `WF`, `WF*` (begins with), `*WF*` (contains), each also with `!` (not). */
function workflowFilter(filter: string): (workflowId: string) => boolean {
  const [, not = '', contains = '', text = '', begins = ''] = /^(!?)(\*?)(.*?)(\*?)$/s.exec(filter) ?? [];
  return (workflowId) => {
    const passes = contains ? workflowId.includes(text) : begins ? workflowId.startsWith(text) : workflowId === text;
    return passes !== (not !== '');
  };
}

function queryProblems(query: URLSearchParams): Problem[] {
  return [
    ...numberProblems(query, 'max_results', 10, 5000),
    ...lengthProblems(query, 'continue_from', 24, 1000),
    ...lengthProblems(query, 'workflow_filter', 2, 255),
  ];
}

function numberProblems(query: URLSearchParams, name: string, minimum: number, maximum: number): Problem[] {
  const input = query.get(name);
  if (input === null) return [];
  const loc: Problem['loc'] = ['query', name];
  if (!/^[+-]?\d+$/.test(input)) {
    const msg = 'Input should be a valid integer, unable to parse string as an integer';
    return [{ type: 'int_parsing', loc, msg, input }];
  }
  if (Number(input) < minimum) {
    const msg = `Input should be greater than or equal to ${minimum}`;
    return [{ type: 'greater_than_equal', loc, msg, input, ctx: { ge: minimum } }];
  }
  if (Number(input) > maximum) {
    const msg = `Input should be less than or equal to ${maximum}`;
    return [{ type: 'less_than_equal', loc, msg, input, ctx: { le: maximum } }];
  }
  return [];
}

function lengthProblems(query: URLSearchParams, name: string, minimum: number, maximum: number): Problem[] {
  const input = query.get(name);
  if (input === null) return [];
  if (input.length < minimum) return [tooShort('query', name, input, minimum)];
  return input.length > maximum ? [tooLong('query', name, input, maximum)] : [];
}

// Faults of rules, told in one line each.
import type { Loose } from '../loose';
import { composition, documentBundle, type Fault } from './fault';

export const copy = (value: Loose): Loose => JSON.parse(JSON.stringify(value));

/** The Practitioner who is author of the document. */
export const author = (m: Loose): Loose =>
  documentBundle(m).entry.find((e: Loose) => e.fullUrl === composition(m).author[0].reference).resource;

type Rest = Pick<Fault, 'path' | 'marks' | 'severity'>;
/** Makes faults that one rule finds. */
export const of =
  (rule: string, severity?: Fault['severity']) =>
  (name: string, change: (m: Loose) => unknown, path: string, marks: string, more?: Partial<Rest>): Fault => ({
    name,
    rule,
    change: (m) => void change(m),
    path,
    marks,
    ...(severity && { severity }),
    ...more,
  });

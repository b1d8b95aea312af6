// The OperationOutcome of an acknowledgement and the codes in it.
import { join, type Pointer } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import { entriesOf, headerOf, type Located, type Message, referenceIn, resolve } from './message';

/** One issue of an outcome, and the coding of its ITK3 response code. */
export interface Issue {
  issue: Json;
  pointer: Pointer;
  coding: Json;
  /** Of the coding; what stands there may be nothing. */
  at: Pointer;
  code?: string;
}

/** The outcome that the header names, or else the first there is. */
export function outcomeOf(message: Message): Located | undefined {
  const header = headerOf(message);
  const response = header?.resource.response;
  const details = isObject(response) ? referenceIn(response.details) : undefined;
  return (
    (header && details !== undefined ? resolve(message, header, details) : undefined) ??
    entriesOf(message, message.root).find((r) => r.type === 'OperationOutcome')
  );
}

export function issuesOf(outcome: Located | undefined): Issue[] {
  if (!outcome) return [];
  return list(outcome.resource.issue).flatMap((issue, i): Issue[] => {
    if (!isObject(issue)) return [];
    const pointer = join(outcome.pointer, 'issue', i);
    const [first] = list(isObject(issue.details) ? issue.details.coding : undefined);
    const coding = isObject(first) ? first : {};
    const code = typeof coding.code === 'string' ? coding.code : undefined;
    return [{ issue, pointer, coding, at: join(pointer, 'details', 'coding', 0), code }];
  });
}

/** Codes of one layer share their first digit: 1 and 2 are infrastructure, 3 is business (ITK3 2.10.0). */
export function layerOf(code: string): 'infrastructure' | 'business' {
  return code.startsWith('3') ? 'business' : 'infrastructure';
}

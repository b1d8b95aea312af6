import type { Place } from './api';

/** What was asked for cannot be done; its message is one sentence that says why, and what to do. */
export class ToolkitError extends Error {
  override readonly name = 'ToolkitError';

  constructor(
    message: string,
    /** Where in the text, if it is the text. */
    readonly place?: Place,
  ) {
    super(message);
  }
}

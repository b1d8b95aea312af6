// What the page of a preview and the extension tell each other. Types only: the page trusts the extension, never the other way.

export interface Part {
  key: string;
  html: string;
}

/** To the page. */
export type ToPage =
  | { type: 'show'; source: string; locked: boolean; verdict: string; name: string; parts: Part[] }
  /** Where the cursor is, in the page's own terms; undefined when nothing of it is shown. */
  | { type: 'here'; at: string | undefined; scroll: boolean };

/** What is kept over a reload of the window: where the message is, and nothing of it. */
export interface Kept {
  source: string;
  locked: boolean;
  scroll?: number;
}

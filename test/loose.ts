/** A message that a test cuts about as a person cuts text: nothing is known of its shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- that is its point
export type Loose = any;

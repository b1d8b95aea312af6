/** Work took longer than it may, and was stopped wherever it was: what it was changing is not to be used any more. */
export class TooLong extends Error {
  override readonly name = 'TooLong';

  constructor(readonly milliseconds: number) {
    super(`Stopped after ${milliseconds} ms`);
  }
}

// What a strict parser has against an XML text, in the writer's words.
import { SaxesParser } from 'saxes';
import type { Pointer } from './pointer';
import type { SyntaxProblem } from './source-document';
import { NO_DOCTYPE } from './xml-slips';

/** What is thrown to leave the parser, and caught here. */
const ENOUGH = Symbol('enough');

/** Once a text is broken, what a parser says of the rest is guesswork: the first is told, and entities that XML does not know. */
export function wellFormedness(text: string, pointerAt: (offset: number) => Pointer): SyntaxProblem[] {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const problems: SyntaxProblem[] = [];
  const tell = (message: string): void => {
    const offset = Math.max(0, Math.min(parser.position, text.length) - 1);
    problems.push({
      rule: 'xml-syntax',
      message,
      span: { offset, length: Math.min(1, text.length - offset) },
      pointer: pointerAt(offset),
    });
  };
  parser.on('error', ({ message }) => {
    if (message === 'undefined entity.') {
      tell('XML knows only the entities amp, lt, gt, quot and apos: write the character itself.');
      return;
    }
    tell(`This is not well-formed XML: ${message.replace(/\.$/, '')}.`);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error, but the one way out of the parser
    throw ENOUGH;
  });
  parser.on('doctype', () => {
    tell(NO_DOCTYPE);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error, but the one way out of the parser
    throw ENOUGH;
  });
  try {
    parser.write(text).close();
  } catch (thrown) {
    if (thrown !== ENOUGH) throw thrown;
  }
  return problems;
}

// Constraints of users' own profiles may hold patterns that take years on a text of thirty letters.
import type { FhirPath } from '../core/knowledge';
import { TooLong } from '../core/too-long';
import { within } from './within';

/** In milliseconds, for one constraint on one element; others take some hundredths of one. */
const LIMIT = 1000;

/** A pattern with a group that is repeated: others go over a text a few times at most. */
const RISKY = /(?:matches|replaceMatches)[^]*\)\s*[*+{]/i;

/** What has taken too long once is not tried again for the same message. */
export function patient({ compile }: FhirPath): FhirPath {
  return {
    compile(base, expression) {
      const run = compile(base, expression);
      if (!RISKY.test(expression)) return run;
      const stopped = new WeakSet();
      return (value, context) => {
        if (stopped.has(context.root)) throw new TooLong(LIMIT);
        try {
          return within(LIMIT, () => run(value, context));
        } catch (error) {
          if (error instanceof TooLong) stopped.add(context.root);
          throw error;
        }
      };
    },
  };
}

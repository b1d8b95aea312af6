import { pageOf } from '../../core/definitions/page/page';
import { isObject } from '../../core/json';
import { urlOfPage } from '../definition-pages';
import { type Feature, guarded } from '../feature';

const METHOD = 'itk3/definition';

/** The text of a definition, by the uri that a definition or link named. */
export const definitionPage: Feature = {
  capabilities: {},
  register(session) {
    session.connection.onRequest(METHOD, async (params: unknown) => {
      const uri = isObject(params) ? params.uri : undefined;
      const url = typeof uri === 'string' ? urlOfPage(uri) : undefined;
      if (url === undefined) return null;
      // A window that opens with a definition asks before users' own packages are read.
      await session.packages.settled();
      return guarded(session, 'Definition', () => pageOf(url, session.knowledge)?.text ?? null);
    });
  },
};

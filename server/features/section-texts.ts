import { isObject } from '../../core/json';
import { sectionTexts as compared } from '../../core/refactor/section-text';
import { type Feature, guarded } from '../feature';

const METHOD = 'itk3/sectionTexts';

/** What the sections of a message say, and what they would say if they were written from its resources. */
export const sectionTexts: Feature = {
  capabilities: {},
  register(session) {
    session.connection.onRequest(METHOD, (params: unknown) => {
      const uri = isObject(params) ? params.uri : undefined;
      const document = typeof uri === 'string' ? session.documents.get(uri) : undefined;
      if (!document) return null;
      return guarded(session, 'Section texts', () => {
        const message = session.forms.of(document)?.message;
        return (message && compared(message, session.knowledge)) ?? null;
      });
    });
  },
};

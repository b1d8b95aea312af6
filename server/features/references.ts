import type { Location } from 'vscode-languageserver';
import { join } from '../../core/document/pointer';
import { referencesTo, resourcesMeant } from '../../core/itk3/mentions';
import type { Located } from '../../core/itk3/message';
import { namesOfOthers, resourceNamed } from '../../core/itk3/other-messages';
import { wholeOf } from '../../core/itk3/references';
import { rangeOf } from '../convert';
import { type Feature, guarded, type Session } from '../feature';
import { mentionsOf, type Opened, openedBeside, pointedAt } from '../pointed';

/** What leads to the resource under the cursor, which may itself be named there, or begin there. */
export const references: Feature = {
  capabilities: { referencesProvider: true },
  register(session) {
    session.connection.onReferences((params) =>
      guarded(session, 'References', () => {
        const pointed = pointedAt(session, params);
        if (!pointed || pointed.spot.part === 'gap') return null;
        const meant = resourcesMeant(pointed.spot.pointer, pointed.message, mentionsOf(pointed, session));
        const { includeDeclaration } = params.context;
        return meant.flatMap((resource) => [
          ...(includeDeclaration ? [declarationOf(resource, pointed)] : []),
          ...locationsOf(resource, pointed, session),
          ...locationsBeside(resource, pointed, session),
        ]);
      }),
    );
  },
};

/** Where the references to a resource stand, in the order of the text. */
export function locationsOf(resource: Located, opened: Opened, session: Session): Location[] {
  const { document, form } = opened;
  return referencesTo(resource, mentionsOf(opened, session)).map(({ pointer }) => ({
    uri: document.uri,
    range: rangeOf(document, form.source.spanOf(pointer, 'value')),
  }));
}

/** Where acknowledgements that are open name it. */
function locationsBeside(resource: Located, opened: Opened, session: Session): Location[] {
  return openedBeside(opened, session).flatMap(({ document, form, message }) =>
    namesOfOthers(message, session.knowledge.envelope)
      .filter((name) => resourceNamed(name, opened.message) === resource)
      .map(({ pointer }) => ({ uri: document.uri, range: rangeOf(document, form.source.spanOf(pointer, 'value')) })),
  );
}

/** Where a resource is called by its name: the fullUrl of its entry, else its id, else where it begins. */
function declarationOf(resource: Located, { document, form }: Opened): Location {
  const { fullUrl, container, pointer } = resource;
  const at =
    fullUrl !== undefined && !container
      ? join(wholeOf(resource), 'fullUrl')
      : join(pointer, resource.resource.id === undefined ? 'resourceType' : 'id');
  return { uri: document.uri, range: rangeOf(document, form.source.spanOf(at, 'value')) };
}

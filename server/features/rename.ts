import {
  ErrorCodes,
  type PrepareRenameParams,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { valueAt } from '../../core/document/pointer';
import { type Named, renamedWith, whyNot } from '../../core/itk3/rename';
import { withoutUrn } from '../../core/uuid';
import { rangeOf, workspaceEdit } from '../convert';
import { type Feature, guarded, type Session } from '../feature';
import { mentionsOf, type Pointed, pointedAt } from '../pointed';
import { isReceived } from '../received';

/** A new id for a resource, in its id, its fullUrl and whatever leads to it. */
export const rename: Feature = {
  capabilities: ({ preparesRename }) => ({ renameProvider: preparesRename ? { prepareProvider: true } : true }),
  register(session) {
    const { connection } = session;
    connection.onPrepareRename((params) => guarded(session, 'Rename', () => prepare(params, session)));
    connection.onRenameRequest((params) =>
      guarded(session, 'Rename', () => {
        const pointed = pointedAt(session, params);
        return pointed ? renamed(pointed, withoutUrn(params.newName.trim()), session) : null;
      }),
    );
  },
};

function prepare(params: PrepareRenameParams, session: Session): Range | ResponseError | null {
  const pointed = pointedAt(session, params);
  if (!pointed) return null;
  const { document, form, spot } = pointed;
  const here = placesIn(pointed, session).find(({ pointer }) => pointer === spot.pointer);
  return here ? rangeOf(document, form.source.spanOf(here.pointer, 'value', here.name)) : refused(pointed);
}

function placesIn(pointed: Pointed, session: Session): Named[] {
  const { document, spot, message } = pointed;
  if (isReceived(document.uri)) return [];
  return spot.part === 'value' ? renamedWith(spot.pointer, message, mentionsOf(pointed, session)) : [];
}

function renamed(pointed: Pointed, name: string, session: Session): WorkspaceEdit | ResponseError {
  const { document, form, message } = pointed;
  const places = placesIn(pointed, session);
  if (places.length === 0) return refused(pointed);
  const reason = whyNot(name, places, message);
  if (reason !== undefined) return new ResponseError(ErrorCodes.InvalidParams, reason);
  const edits = places.map(({ pointer, name: within }) => ({
    range: rangeOf(document, form.source.spanOf(pointer, 'value', within)),
    newText: name,
  }));
  // Of a narrative that is read otherwise than it stands only the whole has a place.
  if (
    places.some(
      ({ pointer }, i) => pointer.endsWith('/div') && document.getText(edits[i]!.range) !== called(places[i]!, pointed),
    )
  )
    return new ResponseError(ErrorCodes.InvalidRequest, READ_OTHERWISE);
  return workspaceEdit(document, edits, session.client);
}

const READ_OTHERWISE =
  'A narrative with a link to this resource has prefixes or escapes, in which its id cannot be found: take them out first.';

function called({ pointer, name }: Named, { message }: Pointed): string {
  return String(valueAt(message.root.resource, pointer)).slice(name.offset, name.offset + name.length);
}

function refused({ document, spot }: Pointed): ResponseError {
  if (isReceived(document.uri))
    return new ResponseError(ErrorCodes.InvalidRequest, 'This was received: it is here to be read, not to be changed.');
  const isReference = spot.part === 'value' && spot.pointer.endsWith('/reference');
  return new ResponseError(
    ErrorCodes.InvalidRequest,
    isReference
      ? 'This reference leads to no resource of this message, so there is nothing to rename.'
      : 'Only what a resource is called can be renamed: its id, its fullUrl, or a reference to it.',
  );
}

import type { Definition, DefinitionLink, Range } from 'vscode-languageserver';
import { BASE } from '../../core/definitions/registry';
import { hasPage } from '../../core/definitions/page/page';
import { join, parentOf, type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import type { Located } from '../../core/itk3/message';
import { namesOfOthers, resourceNamed } from '../../core/itk3/other-messages';
import { resourcesLedTo, wholeOf } from '../../core/itk3/references';
import { isObject, text } from '../../core/json';
import { locate } from '../../core/validate/locate';
import { bindingsAt } from '../bindings';
import { rangeOf, within } from '../convert';
import { type PagePlace, placeInPage, placesOfElement } from '../definition-pages';
import { type Feature, guarded, type Session } from '../feature';
import { mentionsOf, type Opened, openedBeside, type Pointed, pointedAt } from '../pointed';

/** From a reference to its resource; from a url, a code or a name to what we know of it, in clients that show that. */
export const definition: Feature = {
  capabilities: { definitionProvider: true },
  register(session) {
    session.connection.onDefinition((params) =>
      guarded(session, 'Definition', () => {
        const pointed = pointedAt(session, params);
        return pointed && pointed.spot.part !== 'gap' ? answer(pointed, session) : null;
      }),
    );
  },
};

function answer(pointed: Pointed, session: Session): Definition | DefinitionLink[] | null {
  const here = resourcesAt(pointed, session).map((resource) => linkTo(resource, pointed));
  const found = here.length > 0 ? here : linksToOthers(pointed, session);
  const pages = found.length === 0 && session.client.definitionDocuments ? pagesAt(pointed, session) : [];
  const links = [...found, ...pages.map(({ uri, range }) => link(uri, range, range))];
  if (links.length === 0) return null;
  const { document, form, spot } = pointed;
  const part = spot.part === 'key' ? 'key' : 'value';
  const originSelectionRange = rangeOf(document, spot.span ?? form.source.spanOf(spot.pointer, part));
  if (session.client.definitionLinks) return links.map((one) => ({ originSelectionRange, ...one }));
  return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
}

function link(targetUri: string, targetRange: Range, targetSelectionRange: Range): DefinitionLink {
  return { targetUri, targetRange, targetSelectionRange };
}

function resourcesAt(pointed: Pointed, session: Session): Located[] {
  const { spot, message } = pointed;
  const named = spot.part === 'value' ? mentionsOf(pointed, session).at.get(spot.pointer)?.resource : undefined;
  return named ? [named] : resourcesLedTo(spot.pointer, message);
}

/** From an acknowledgement to the message it answers, where that is open. */
function linksToOthers(pointed: Pointed, session: Session): DefinitionLink[] {
  const names = namesOfOthers(pointed.message, session.knowledge.envelope);
  const name = names.find(({ pointer }) => pointer === pointed.spot.pointer);
  if (!name) return [];
  return openedBeside(pointed, session).flatMap((other) => {
    const resource = resourceNamed(name, other.message);
    return resource ? [linkTo(resource, other)] : [];
  });
}

/** The whole entry, at its fullUrl; a resource without one at its type. */
function linkTo(resource: Located, { document, form: { source } }: Opened): DefinitionLink {
  const whole = rangeOf(document, source.spanOf(wholeOf(resource), 'value'));
  const name =
    resource.fullUrl !== undefined && !resource.container
      ? join(wholeOf(resource), 'fullUrl')
      : join(resource.pointer, 'resourceType');
  return link(document.uri, whole, within(whole, rangeOf(document, source.spanOf(name, 'value'))));
}

function pagesAt(pointed: Pointed, session: Session): PagePlace[] {
  const { spot, message } = pointed;
  const { knowledge } = session;
  const name = segmentsOf(spot.pointer).at(-1);
  const value = valueAt(message.root.resource, spot.pointer);
  if (name === 'resourceType' && typeof value === 'string') return some(placeInPage(BASE + value, session));
  if (spot.part === 'key') return elementPages(pointed, session);
  if (typeof value !== 'string') return [];
  if (hasPage(value, knowledge)) return some(placeInPage(value, session));
  return codePages(pointed, name, value, session);
}

function codePages(pointed: Pointed, name: string | undefined, value: string, session: Session): PagePlace[] {
  const { spot, message } = pointed;
  const { knowledge } = session;
  const beside = valueAt(message.root.resource, parentOf(spot.pointer));
  const coding = (name === 'code' || name === 'display') && isObject(beside) ? beside : {};
  const system = text(coding.system);
  const code = system === undefined ? value : text(coding.code);
  if (code === undefined) return [];
  const place = system === undefined ? undefined : placeInPage(system, session, `${system}|${code}`);
  if (place) return [place];
  const bindings = bindingsAt(spot.pointer, elementsIn(pointed, session));
  return bindings.flatMap(({ valueSet }) => {
    const systems = [...(knowledge.terminology.expand(valueSet)?.codes.keys() ?? [])];
    const rows = systems.filter((one) => system === undefined || one === system).map((one) => `${one}|${code}`);
    return rows.length > 0 ? some(placeInPage(valueSet, session, ...rows)) : [];
  });
}

function elementPages(pointed: Pointed, session: Session): PagePlace[] {
  const { form, spot } = pointed;
  const { message, applicable } = form.checked;
  const at = message && applicable && locate(spot.pointer, message, applicable, session.knowledge)?.at;
  if (!at) return [];
  const urls = [...(applicable.get(at) ?? [])];
  return placesOfElement(spot.pointer, at, urls, elementsIn(pointed, session), session);
}

/** Which profiles apply is known of a judged message only, so this is asked last. */
function elementsIn({ form }: Opened, { knowledge }: Session) {
  return (pointer: Pointer) => {
    const { message, applicable } = form.checked;
    return (message && applicable && locate(pointer, message, applicable, knowledge)?.elements) ?? [];
  };
}

function some<T>(one: T | undefined): T[] {
  return one === undefined ? [] : [one];
}

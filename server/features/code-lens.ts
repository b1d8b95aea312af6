import { type CodeLens, CodeLensRefreshRequest, type CancellationToken } from 'vscode-languageserver';
import { valueAt } from '../../core/document/pointer';
import { referencesTo } from '../../core/itk3/mentions';
import { entriesOf, headerOf, type Located } from '../../core/itk3/message';
import { wholeOf } from '../../core/itk3/references';
import { isObject, text } from '../../core/json';
import { rangeOf } from '../convert';
import { type Feature, guarded, type Session } from '../feature';
import { mentionsOf, type Opened, openedAt } from '../pointed';
import { isReceived } from '../received';
import { locationsOf } from './references';

const SHOW_REFERENCES = '_itk3.showReferences';
const SEND = 'itk3.sendMessage';

/** On a message what can be done with it, as far as the client can do it. */
const ON_MESSAGE = [
  { command: 'itk3.validateMessage', title: 'Validate' },
  { command: SEND, title: 'Send…' },
];

/** Over a message its commands, over each entry how many references lead to it. Off by the setting itk3.codeLens. */
export const codeLens: Feature = {
  capabilities: { codeLensProvider: { resolveProvider: true } },
  register(session) {
    const { connection, settings } = session;
    connection.onCodeLens(async ({ textDocument }, token) => {
      if (!(await isWanted(session, token))) return [];
      return guarded(session, 'Code lenses', () => {
        const opened = openedAt(session, textDocument);
        return opened ? [...onMessage(opened, session), ...onEntries(opened, session)] : [];
      });
    });
    connection.onCodeLensResolve((lens) => guarded(session, 'Code lens', () => counted(lens, session)) ?? lens);
    settings.onChange(() => {
      // Refused only by a client that has gone.
      if (session.client.lensRefresh) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    });
  },
};

async function isWanted({ settings, client }: Session, token: CancellationToken): Promise<boolean> {
  if (client.commands.length === 0) return false;
  const section = await settings.section();
  return !token.isCancellationRequested && !(isObject(section) && section.codeLens === false);
}

function onMessage({ document, message }: Opened, { client }: Session): CodeLens[] {
  if (!headerOf(message)) return [];
  const range = rangeOf(document, { offset: 0, length: 0 });
  const isFor = (command: string): boolean =>
    client.commands.includes(command) && !(command === SEND && isReceived(document.uri));
  return ON_MESSAGE.filter(({ command }) => isFor(command)).map((command) => ({ range, command }));
}

/** One a line: where the whole message stands on one, none says which entry it is about. */
function onEntries(opened: Opened, session: Session): CodeLens[] {
  const { document, form, message } = opened;
  if (!session.client.commands.includes(SHOW_REFERENCES)) return [];
  const lines = new Set([0]);
  return message.resources.filter(isCounted(opened, session)).flatMap((entry): CodeLens[] => {
    const { offset } = form.source.spanOf(wholeOf(entry), 'value');
    const range = rangeOf(document, { offset, length: 1 });
    if (lines.has(range.start.line)) return [];
    lines.add(range.start.line);
    return [{ range, data: { uri: document.uri, pointer: entry.pointer } }];
  });
}

/** That nothing leads to the head of a message or document is as it must be. */
function isCounted(opened: Opened, session: Session): (resource: Located) => boolean {
  const mentions = mentionsOf(opened, session);
  return (resource) => {
    if (!resource.bundle || resource.container) return false;
    const isHead = ['message', 'document'].includes(text(resource.bundle.resource.type) ?? '');
    const [first] = entriesOf(opened.message, resource.bundle);
    return !(isHead && first === resource) || referencesTo(resource, mentions).length > 0;
  };
}

function counted(lens: CodeLens, session: Session): CodeLens {
  const { uri, pointer } = isObject(lens.data) ? lens.data : {};
  const opened = typeof uri === 'string' ? openedAt(session, { uri }) : undefined;
  const value = typeof pointer === 'string' ? valueAt(opened?.message.root.resource, pointer) : undefined;
  const resource = isObject(value) ? opened?.message.located.get(value) : undefined;
  // The text has changed since: the client is about to ask anew.
  if (!opened || !resource) return { ...lens, command: { title: '', command: '' } };
  const locations = locationsOf(resource, opened, session);
  const title = `${locations.length} ${locations.length === 1 ? 'reference' : 'references'}`;
  return { ...lens, command: { title, command: SHOW_REFERENCES, arguments: [uri, lens.range.start, locations] } };
}

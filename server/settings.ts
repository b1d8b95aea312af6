// The section `itk3` of the client's settings, as far as the server needs it.
import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from 'vscode-languageserver';
import { readSeverities, type Severities } from '../core/severities';

export interface Settings {
  /** What holds for a document; asked of the client when it can be asked. */
  rulesFor(uri: string): Promise<Severities>;
  /** The address of the terminology server to ask; empty for none. */
  terminologyServerFor(uri: string): Promise<string>;
  onChange(listener: () => void): void;
  /** Called when the client introduces itself. */
  initialize(params: InitializeParams): void;
  /** Called when a document is closed. */
  drop(uri: string): void;
}

export const SECTION = 'itk3';

export function createSettings(connection: Connection): Settings {
  const listeners: (() => void)[] = [];
  const asked = new Map<string, Promise<Section>>();
  let canAsk = false;
  let canRegister = false;
  let told = readSection(undefined);

  const ask = (uri: string): Promise<Section> =>
    connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION }).then(readSection, () => told);

  const sectionFor = (uri: string): Promise<Section> => {
    if (!canAsk) return Promise.resolve(told);
    const section = asked.get(uri) ?? ask(uri);
    asked.set(uri, section);
    return section;
  };

  connection.onInitialized(() => {
    if (canRegister) void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    asked.clear();
    if (!canAsk) told = readSection(sectionOf(settings));
    for (const listener of listeners) listener();
  });

  return {
    rulesFor: async (uri) => (await sectionFor(uri)).rules,
    terminologyServerFor: async (uri) => (await sectionFor(uri)).terminologyServer,
    onChange: (listener) => void listeners.push(listener),
    initialize({ capabilities, initializationOptions }) {
      canAsk = capabilities.workspace?.configuration === true;
      canRegister = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
      told = readSection(sectionOf(initializationOptions));
    },
    drop: (uri) => void asked.delete(uri),
  };
}

/** Some clients send all settings, some only the section. */
function sectionOf(settings: unknown): unknown {
  return isRecord(settings) && SECTION in settings ? settings[SECTION] : settings;
}

interface Section {
  rules: Severities;
  terminologyServer: string;
}

/** What makes no sense is as if it were not there. */
function readSection(value: unknown): Section {
  const { rules, terminology } = isRecord(value) ? value : {};
  const server = isRecord(terminology) ? terminology.server : undefined;
  return { rules: readSeverities(rules), terminologyServer: typeof server === 'string' ? server.trim() : '' };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

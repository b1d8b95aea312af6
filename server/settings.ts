// The section `itk3` of the client's settings, as far as the server needs it.
import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from 'vscode-languageserver';
import { isObject } from '../core/json';
import { readSeverities, type Severities } from '../core/severities';

export interface Settings {
  /** What holds for a document; asked of the client when it can be asked. */
  rulesFor(uri: string): Promise<Severities>;
  /** The whole section as it holds for the window; undefined where there is none. */
  section(): Promise<unknown>;
  /** Called when the settings can be asked for, and each time that they have changed. */
  onChange(listener: () => void): void;
  /** Called when the client introduces itself. */
  initialize(params: InitializeParams): void;
  /** Called when a document is closed. */
  drop(uri: string): void;
}

const SECTION = 'itk3';

export function createSettings(connection: Connection): Settings {
  const listeners: (() => void)[] = [];
  const asked = new Map<string, Promise<Severities>>();
  let canAsk = false;
  let canRegister = false;
  let told: unknown;
  /** Who has no such section may have said at the beginning what is wanted. */
  const orTold = (answer: unknown): unknown => answer ?? told;

  const ask = (uri: string): Promise<Severities> =>
    connection.workspace
      .getConfiguration({ scopeUri: uri, section: SECTION })
      .then(orTold, () => told)
      .then(readRules);

  connection.onInitialized(() => {
    if (canRegister) void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    for (const listener of listeners) listener();
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    asked.clear();
    if (!canAsk) told = sectionOf(settings);
    for (const listener of listeners) listener();
  });

  return {
    rulesFor(uri) {
      if (!canAsk) return Promise.resolve(readRules(told));
      const rules = asked.get(uri) ?? ask(uri);
      asked.set(uri, rules);
      return rules;
    },
    section: () =>
      canAsk
        ? connection.workspace.getConfiguration({ section: SECTION }).then(orTold, () => told)
        : Promise.resolve(told),
    onChange: (listener) => void listeners.push(listener),
    initialize({ capabilities, initializationOptions }) {
      canAsk = capabilities.workspace?.configuration === true;
      canRegister = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
      told = sectionOf(initializationOptions);
    },
    drop: (uri) => void asked.delete(uri),
  };
}

/** Some clients send all settings, some only the section. */
function sectionOf(settings: unknown): unknown {
  return isObject(settings) && SECTION in settings ? settings[SECTION] : settings;
}

function readRules(section: unknown): Severities {
  return readSeverities(isObject(section) ? section.rules : undefined);
}

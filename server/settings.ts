// The section `itk3` of the client's settings, as far as the server needs it.
import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from 'vscode-languageserver';
import type { Severity } from '../core/finding';

/** By rule id: another severity than its own, or off. */
export type RuleLevels = Readonly<Record<string, Severity | 'off' | undefined>>;

export interface Settings {
  /** What holds for a document; asked of the client when it can be asked. */
  rulesFor(uri: string): Promise<RuleLevels>;
  onChange(listener: () => void): void;
  /** Called when the client introduces itself. */
  initialize(params: InitializeParams): void;
  /** Called when a document is closed. */
  drop(uri: string): void;
}

export const SECTION = 'itk3';

export function createSettings(connection: Connection): Settings {
  const listeners: (() => void)[] = [];
  const asked = new Map<string, Promise<RuleLevels>>();
  let canAsk = false;
  let canRegister = false;
  let told: RuleLevels = {};

  const ask = (uri: string): Promise<RuleLevels> =>
    connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION }).then(readRules, () => told);

  connection.onInitialized(() => {
    if (canRegister) void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    asked.clear();
    if (!canAsk) told = readRules(sectionOf(settings));
    for (const listener of listeners) listener();
  });

  return {
    rulesFor(uri) {
      if (!canAsk) return Promise.resolve(told);
      const rules = asked.get(uri) ?? ask(uri);
      asked.set(uri, rules);
      return rules;
    },
    onChange: (listener) => void listeners.push(listener),
    initialize({ capabilities, initializationOptions }) {
      canAsk = capabilities.workspace?.configuration === true;
      canRegister = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
      told = readRules(sectionOf(initializationOptions));
    },
    drop: (uri) => void asked.delete(uri),
  };
}

/** Some clients send all settings, some only the section. */
function sectionOf(settings: unknown): unknown {
  return isRecord(settings) && SECTION in settings ? settings[SECTION] : settings;
}

const LEVELS: readonly unknown[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies (Severity | 'off')[];

/** Takes what is right and leaves the rest at the rules' own severities. */
function readRules(section: unknown): RuleLevels {
  const rules = isRecord(section) && isRecord(section.rules) ? section.rules : {};
  return Object.fromEntries(Object.entries(rules).filter(([, level]) => LEVELS.includes(level))) as RuleLevels;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

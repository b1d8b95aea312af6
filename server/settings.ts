// The section `itk3` of the client's settings, as far as the server needs it, on top of what the team's file says.
import path from 'node:path';
import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from 'vscode-languageserver';
import { isObject, list, object } from '../core/json';
import { readSeverities, type Severities } from '../core/severities';
import { type Folders, pathOf } from './folders';
import { warn } from './tell';

/** What the team's file of a folder says, for clients that do not read it themselves. */
export type ReadTeam = (folder: string) => {
  rules: Severities;
  /** Whole paths of packages. */
  profiles: readonly string[];
  /** What is wrong in the file, one sentence each. */
  problems: readonly string[];
};

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
  /** The files on disk that say how messages are judged; none where the client reads them. */
  files: readonly string[];
  /** Called when a file was written: it may be one of those. */
  written(uri: string): void;
}

const SECTION = 'itk3';
const TEAM_FILE = '.vscode/itk3.json';

export function createSettings(connection: Connection, folders: Pick<Folders, 'now'>, readTeam?: ReadTeam): Settings {
  const listeners: (() => void)[] = [];
  const asked = new Map<string, Promise<Severities>>();
  const warned = new Set<string>();
  let canAsk = false;
  let canRegister = false;
  let told: unknown;
  /** Who has no such section may have said at the beginning what is wanted. */
  const orTold = (answer: unknown): unknown => answer ?? told;

  const section = (scopeUri?: string): Promise<unknown> =>
    canAsk
      ? connection.workspace
          .getConfiguration({ ...(scopeUri !== undefined && { scopeUri }), section: SECTION })
          .then(orTold, () => told)
      : Promise.resolve(told);
  const teamOf = (folder: string | undefined): ReturnType<ReadTeam> | undefined => {
    const team = folder === undefined ? undefined : readTeam?.(folder);
    for (const problem of team?.problems ?? []) {
      if (warned.has(problem)) continue;
      warned.add(problem);
      warn(connection, problem);
    }
    return team;
  };
  const rulesOf = async (uri: string): Promise<Severities> => {
    const file = pathOf(uri);
    const own = readRules(await section(uri));
    return { ...teamOf(file && path.dirname(file))?.rules, ...own };
  };
  const changed = (): void => {
    asked.clear();
    for (const listener of listeners) listener();
  };

  connection.onInitialized(() => {
    if (canRegister) void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    for (const listener of listeners) listener();
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (!canAsk) told = sectionOf(settings);
    changed();
  });

  return {
    rulesFor(uri) {
      const rules = asked.get(uri) ?? rulesOf(uri);
      asked.set(uri, rules);
      return rules;
    },
    async section() {
      const own = await section();
      const profiles = [...new Set((await folders.now()).flatMap((folder) => teamOf(folder)?.profiles ?? []))];
      return profiles.length === 0 ? own : withProfiles(own, profiles);
    },
    onChange: (listener) => void listeners.push(listener),
    initialize({ capabilities, initializationOptions }) {
      canAsk = capabilities.workspace?.configuration === true;
      canRegister = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
      told = sectionOf(initializationOptions);
    },
    drop: (uri) => void asked.delete(uri),
    files: readTeam ? [TEAM_FILE] : [],
    written(uri) {
      if (readTeam && uri.endsWith(`/${TEAM_FILE}`)) changed();
    },
  };
}

/** Of the same canonical url the later wins. */
function withProfiles(section: unknown, profiles: readonly string[]): unknown {
  const own = object(object(section).profiles);
  return { ...object(section), profiles: { ...own, packages: [...profiles, ...list(own.packages)] } };
}

/** Some clients send all settings, some only the section. */
function sectionOf(settings: unknown): unknown {
  return isObject(settings) && SECTION in settings ? settings[SECTION] : settings;
}

function readRules(section: unknown): Severities {
  return readSeverities(isObject(section) ? section.rules : undefined);
}

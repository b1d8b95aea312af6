// Users' own packages of profiles: what the server knows follows the setting itk3.profiles.packages.
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import type { InitializeParams } from 'vscode-languageserver';
import { isObject } from '../core/json';
import { type Loaded, type PackagePaths, packagePathsIn } from '../profiles/load';
import { within } from '../profiles/within';
import { placeOf, type Session } from './feature';
import { warn } from './tell';

export type LoadPackages = (packages: PackagePaths) => Loaded;

export interface Packages {
  /** Called when the client introduces itself: relative paths are relative to the folder it has open. */
  initialize(params: InitializeParams): void;
  /** Resolves when the session knows what the settings ask for. */
  settled(): Promise<void>;
  /** Makes what the session knows anew: work that was stopped may have left a part of it half made. Open forms stay as they are. */
  renew(): void;
}

/** Keeps the knowledge of the session as the settings want it. Files are read anew when the setting changes. */
export function followPackages(
  session: Pick<Session, 'connection' | 'forms' | 'settings' | 'knowledge' | 'limits'>,
  load: LoadPackages,
): Packages {
  const { connection, forms, settings, limits } = session;
  let bundled = session.knowledge;
  let folder = os.homedir();
  let present = JSON.stringify([]);
  let reading = Promise.resolve();

  const tell = (problems: readonly string[]): void => {
    const [first, ...more] = problems;
    if (first === undefined) return;
    for (const problem of problems) connection.console.warn(problem);
    const rest = more.length > 0 ? ` The output "ITK3" tells ${more.length} more.` : '';
    warn(connection, `Profiles for ITK3: ${first}${rest}`);
  };

  const loaded = (paths: readonly string[]): Loaded => within(limits.packages, () => load({ paths, folder }));

  const read = async (): Promise<void> => {
    const section = await settings.section();
    const profiles = isObject(section) ? section.profiles : undefined;
    const paths = packagePathsIn(isObject(profiles) ? profiles.packages : undefined);
    const wanted = JSON.stringify(paths);
    if (wanted === present) return;
    present = wanted;
    try {
      const { knowledge, problems } = paths.length > 0 ? loaded(paths) : { knowledge: bundled, problems: [] };
      session.knowledge = knowledge;
      tell(problems);
    } catch (error) {
      connection.console.error(`Reading packages failed: ${placeOf(error)}`);
      session.knowledge = bundled;
      tell(['they could not be read: a mistake in ITK3 Toolkit, please report it.']);
    }
    forms.clear();
  };

  settings.onChange(() => {
    reading = reading.then(read);
  });
  return {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what clients say that know of one folder only
    initialize({ workspaceFolders, rootUri }) {
      const uri = workspaceFolders?.[0]?.uri ?? rootUri;
      if (uri?.startsWith('file:')) folder = fileURLToPath(uri);
    },
    settled: () => reading,
    renew() {
      bundled = load({ paths: [], folder }).knowledge;
      const paths = JSON.parse(present) as string[];
      session.knowledge = paths.length > 0 ? loaded(paths).knowledge : bundled;
    },
  };
}

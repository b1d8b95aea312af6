// Loads what the build made of STU3 and of the resources in this folder: the one place where knowledge comes off the disk.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Package } from '../core/definitions/definition';
import { createRegistry } from '../core/definitions/registry';
import { createTerminology } from '../core/definitions/terminology';
import type { Invented } from '../core/draft/cast';
import type { Contradiction, Envelope, Owner, UseCase } from '../core/itk3/use-case';
import type { ResponseCode } from '../core/itk3/response-codes';
import { list } from '../core/json';
import type { FhirPath, Knowledge } from '../core/knowledge';
import { readPackages } from './packages';
import { patient } from './patient-fhirpath';

export interface Built {
  packages: Package[];
  /** What FHIR's own resources cannot hold, by path in profiles/ without .json. */
  data: Record<string, unknown>;
}

/** Each holds a part of the synthetic set. */
const SYNTHETIC = ['synthetic/people', 'synthetic/organisations', 'synthetic/medicines'];

/** Users' own packages of profiles. */
export interface PackagePaths {
  /** Folders, .tgz FHIR packages and files; later ones win, and all of them win over what is built in. */
  paths: readonly string[];
  /** What relative paths are relative to. */
  folder: string;
}

/** The paths that a setting holds, as far as it makes sense. */
export function packagePathsIn(setting: unknown): string[] {
  return list(setting).filter((one): one is string => typeof one === 'string' && one.trim() !== '');
}

export interface Loaded {
  knowledge: Knowledge;
  /** One sentence for each thing in the packages that could not be read or used. */
  problems: string[];
}

/** @param folder where the build left knowledge.json.br, shapes.js and fhirpath.js: the folder of the bundles */
export function loadKnowledge(folder: string): Knowledge {
  return load(folder, []).knowledge;
}

/** Reads the packages anew each time. A package that cannot be read is told; it never keeps the rest from working. */
export function loadWithPackages(folder: string, packages: PackagePaths): Loaded {
  return load(folder, packages.paths, packages.folder);
}

/** @param folder as above */
export function readBuilt(folder: string): Built {
  return JSON.parse(brotliDecompressSync(fs.readFileSync(path.join(folder, 'knowledge.json.br'))).toString()) as Built;
}

function load(folder: string, paths: readonly string[], base = ''): Loaded {
  const built = readBuilt(folder);
  const named = <T>(name: string): T[] =>
    Object.entries(built.data).flatMap(([file, data]) => (file.endsWith(`/${name}`) ? [data as T] : []));
  const bundled = createRegistry(built.packages);
  const own = paths.length > 0 ? readPackages(paths, base, bundled) : undefined;
  const registry = own ? createRegistry([...built.packages, own.package]) : bundled;
  const require = createRequire(path.resolve(folder, 'shapes.js'));
  let library: FhirPath | undefined;
  const knowledge: Knowledge = {
    registry,
    terminology: createTerminology(registry),
    envelope: named<Envelope>('envelope')[0]!,
    useCases: named<UseCase>('use-case'),
    contradictions: named<Contradiction[]>('contradictions').flat(),
    responseCodes: named<{ codes: ResponseCode[] }>('response-codes')[0]!.codes,
    owners: named<{ owners: Owner[] }>('owners').flatMap(({ owners }) => owners),
    invented: Object.assign({}, ...SYNTHETIC.map((file) => built.data[file])) as Invented,
    shapes: require('./shapes.js') as Knowledge['shapes'],
    fhirpath: () => (library ??= patient(require('./fhirpath.js') as FhirPath)),
  };
  return { knowledge, problems: own?.problems ?? [] };
}

// Loads what the build made of STU3 and of the resources in this folder: the one place where knowledge comes off the disk.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Package } from '../core/definitions/definition';
import { createRegistry } from '../core/definitions/registry';
import { createTerminology } from '../core/definitions/terminology';
import type { Contradiction, Envelope, Template, UseCase } from '../core/itk3/use-case';
import type { ResponseCode } from '../core/itk3/response-codes';
import type { FhirPath, Knowledge } from '../core/knowledge';

interface Built {
  packages: Package[];
  /** What FHIR's own resources cannot hold, by path in profiles/ without .json. */
  data: Record<string, unknown>;
}

/** @param folder where the build left knowledge.json, shapes.js and fhirpath.js: the folder of the bundles */
export function loadKnowledge(folder: string): Knowledge {
  const built = JSON.parse(fs.readFileSync(path.join(folder, 'knowledge.json'), 'utf8')) as Built;
  const named = <T>(name: string): T[] =>
    Object.entries(built.data).flatMap(([file, data]) => (file.endsWith(`/${name}`) ? [data as T] : []));
  const registry = createRegistry(built.packages);
  const require = createRequire(path.resolve(folder, 'shapes.js'));
  return {
    registry,
    terminology: createTerminology(registry),
    envelope: named<Envelope>('envelope')[0]!,
    useCases: named<UseCase>('use-case'),
    contradictions: named<Contradiction[]>('contradictions').flat(),
    responseCodes: named<{ codes: ResponseCode[] }>('response-codes')[0]!.codes,
    templates: named<Template>('new-message'),
    shapes: require('./shapes.js') as Knowledge['shapes'],
    fhirpath: () => require('./fhirpath.js') as FhirPath,
  };
}

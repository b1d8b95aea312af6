import path from 'node:path';
import type { Package } from '../core/definitions/definition';
import { addResource, emptyPackage } from '../core/definitions/read';
import { createRegistry } from '../core/definitions/registry';
import { createTerminology } from '../core/definitions/terminology';
import type { Knowledge } from '../core/knowledge';
import { loadKnowledge, readBuilt } from '../profiles/load';

const dist = path.resolve('dist');
let loaded: Knowledge | undefined;
let packages: Package[] | undefined;

/** What the build made; tests run from the root of the project. */
export function knowledge(): Knowledge {
  return (loaded ??= loadKnowledge(dist));
}

/** The packages under it, for tests that put a profile of their own on top. */
export function basePackages(): Package[] {
  return (packages ??= readBuilt(dist).packages);
}

/** The same with resources of a test's own on top. */
export function knowing(resources: readonly object[]): Knowledge {
  const own = emptyPackage();
  for (const resource of resources) addResource(own, resource);
  const registry = createRegistry([...basePackages(), own]);
  return { ...knowledge(), registry, terminology: createTerminology(registry) };
}

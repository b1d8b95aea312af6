// Users' own packages of profiles: folders, .tgz FHIR packages and single files, JSON or XML. What is broken is named, and
// the rest works.
import type { Package } from '../core/definitions/definition';
import { addResource, emptyPackage, readDefinition } from '../core/definitions/read';
import { BASE, type Registry, withoutVersion } from '../core/definitions/registry';
import { isObject, type Json } from '../core/json';
import { filesOf } from './package-files';
import { fhirVersionsOf, readResource } from './package-resource';

export interface UserPackages {
  /** All packages in one; of two resources with the same canonical url, the later stands later. */
  package: Package;
  /** One sentence for each thing that could not be read or used, with the name of the file. */
  problems: string[];
}

/** A profile as it was read, and where it stands among the definitions. */
interface Profile {
  file: string;
  json: Json;
  at: number;
}

/**
 * Reads packages in the order in which they are named, and the files of each in the order of their names.
 * @param folder what relative paths are relative to
 * @param known what is there without them: STU3, by which XML is read, and the profiles they may be based on
 */
export function readPackages(paths: readonly string[], folder: string, known: Registry): UserPackages {
  const target = emptyPackage();
  const problems: string[] = [];
  const profiles: Profile[] = [];
  for (const named of paths) {
    const files = filesOf(named, folder, problems);
    const versions = fhirVersionsOf(files);
    if (versions.length > 0 && !versions.some((version) => version.startsWith('3.'))) {
      problems.push(`${named} is a package for FHIR ${versions.join(', ')}, but ITK3 messages are FHIR STU3 (3.0).`);
      continue;
    }
    const told = problems.length;
    let found = 0;
    for (const file of files) {
      const json = readResource(file, known, problems);
      if (json) found++;
      if (!json || isNoProfile(json)) continue;
      const why = whyUseless(json, known) ?? addTo(target, json);
      if (why !== undefined) problems.push(`${file.name} ${why}`);
      else if (json.resourceType === 'StructureDefinition')
        profiles.push({ file: file.name, json, at: target.definitions.length - 1 });
    }
    if (files.length > 0 && found === 0 && problems.length === told)
      problems.push(`${named} holds no profile, value set, code system or message definition: check the path.`);
  }
  standOnBases(target, profiles, known, problems);
  return { package: target, problems };
}

/** The end of a sentence that begins with the file. */
function whyUseless({ resourceType, url, type, fhirVersion, derivation }: Json, known: Registry): string | undefined {
  if (typeof url !== 'string' || url === '') return 'has no url, so nothing can refer to it.';
  if (resourceType !== 'StructureDefinition') return undefined;
  const own = known.definition(url);
  if (own && own.derivation !== 'constraint')
    return `has the url of ${own.name}, a type of STU3, which no profile may have.`;
  if (typeof fhirVersion === 'string' && Number.parseInt(fhirVersion, 10) > 3)
    return `is for FHIR ${fhirVersion.slice(0, 20)}, but ITK3 messages are FHIR STU3 (3.0).`;
  if (derivation !== 'constraint') return 'is no profile: it does not say that it is a constraint of its base.';
  if (typeof type !== 'string' || type === '') return 'does not say which type it constrains.';
  return known.type(type) ? undefined : `is a profile of ${type.slice(0, 60)}, which is no type of STU3.`;
}

/** Says why it could not be added; nothing is known that leads there but a resource nested beyond the stack. */
function addTo(target: Package, json: Json): string | undefined {
  try {
    addResource(target, json);
    return undefined;
  } catch {
    return 'cannot be read: it is nested too deep.';
  }
}

/** The types themselves are built in, and no message is made of a logical model. */
function isNoProfile({ resourceType, derivation, kind }: Json): boolean {
  return resourceType === 'StructureDefinition' && (derivation === 'specialization' || kind === 'logical');
}

/** Where the base of a profile is not at hand, its snapshot repeats what the base says, and the STU3 type is base enough. */
function standOnBases({ definitions }: Package, profiles: Profile[], known: Registry, problems: string[]): void {
  const bases = new Map(definitions.map(({ url, base }) => [url, base === undefined ? '' : withoutVersion(base)]));
  const isAtHand = (url: string): boolean => {
    // Profiles that are based on each other are based on nothing.
    const passed = new Set<string>();
    for (let at = url; !passed.has(at); at = bases.get(at)!) {
      if (!bases.has(at)) return known.definition(at) !== undefined;
      passed.add(at);
    }
    return false;
  };
  for (const { file, json, at } of profiles) {
    const definition = definitions[at]!;
    const base = bases.get(definition.url)!;
    if (isAtHand(base)) continue;
    const whole = isObject(json.snapshot) ? readDefinition({ ...json, differential: undefined }) : undefined;
    if (!whole)
      problems.push(
        `${file} is based on ${base || 'nothing'}, which is not at hand, so what is said there is not checked: name its package as well.`,
      );
    definitions[at] = { ...(whole ?? definition), base: BASE + definition.type };
    bases.set(definition.url, BASE + definition.type);
  }
}

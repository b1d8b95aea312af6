// Which ODS codes a message knows: those of its organisations, by what they are called.
import { identifiersOf } from '../itk3/identifiers';
import type { Located, Message } from '../itk3/message';
import { text } from '../json';
import { isOdsCode, ODS_SYSTEMS } from '../nhs/ods-code';

export interface KnownOrganisation {
  located: Located;
  name: string;
  code: string;
}

/** The organisations with a readable code and a name, each code once. */
export function organisationsOf({ resources }: Message): KnownOrganisation[] {
  const known = resources.flatMap((located): KnownOrganisation[] => {
    if (located.type !== 'Organization') return [];
    const name = text(located.resource.name);
    const codes = identifiersOf(located, ODS_SYSTEMS.slice(0, 1)).flatMap(
      ({ identifier }) => text(identifier.value) ?? [],
    );
    const code = codes.find(isOdsCode);
    return name !== undefined && code !== undefined ? [{ located, name, code }] : [];
  });
  return known.filter(({ code }, i) => known.findIndex((k) => k.code === code) === i);
}

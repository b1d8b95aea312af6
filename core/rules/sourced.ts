import type { Source } from '../finding';

/** Guides that stand on the web, by how the titles of their pages begin. */
const GUIDES: [string, string][] = [
  ['ITK3 Message Distribution', 'https://developer.nhs.uk/apis/itk3messagedistribution-2-10-0/'],
  ['ITK-MessageHeader-2', 'https://fhir.nhs.uk/STU3/StructureDefinition/ITK-MessageHeader-2'],
];

/** What a rule or its data name as their source, with the address of the guide where that is known. */
export function sourced(title: string): Source {
  const url = GUIDES.find(([guide]) => title.startsWith(guide))?.[1];
  return url === undefined ? { title } : { title, url };
}

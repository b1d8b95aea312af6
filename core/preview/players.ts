// The people and organisations of a message, and which part each of them plays.
import { segmentsOf } from '../document/pointer';
import { headerOf, type Located, type Message, resolve } from '../itk3/message';
import { referencesOf, wholeOf } from '../itk3/references';
import { type Block, type Line, shown } from './blocks';
import type { Marks } from './marks';
import { anyIdentifier, anyName, telephone } from './people';
import { concepts, followed, type Reader } from './said';

/** What the name of the property that leads to someone makes of them; of the header its own facts tell. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['author', 'Author'],
  ['custodian', 'Custodian'],
  ['serviceProvider', 'Provider'],
  ['individual', 'Clinician'],
  ['actor', 'Supplied by'],
  ['onBehalfOf', 'On behalf of'],
  ['generalPractitioner', 'GP'],
  ['managingOrganization', 'Patient’s practice'],
  ['asserter', 'Asserted by'],
  ['recorder', 'Recorded by'],
  ['informationSource', 'Source'],
  ['location', 'Place'],
]);

const TYPES: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'RelatedPerson',
  'HealthcareService',
  'Location',
  'Device',
]);

const COLUMNS: readonly [string, Reader][] = [
  ['Name', anyName],
  ['Identifiers', anyIdentifier],
  ['Telephone', telephone],
];

export function peopleIn(message: Message, marks: Marks): { blocks: Block[]; shown: Set<Located> } {
  const header = headerOf(message);
  const parts = partsIn(message);
  const all = message.resources.filter((one) => TYPES.has(one.type));
  // Of the sender and the receiver the header's facts tell.
  const envelope = all.filter((one) => header && one.bundle === message.root && !one.container);
  const roles = all.filter(({ type }) => type === 'PractitionerRole');
  const people = all.filter((one) => !envelope.includes(one) && !roles.includes(one)).slice(0, 200);
  const known = new Set([...envelope, ...people, ...roles]);
  const [first] = people;
  if (!first) return { blocks: [], shown: known };
  const lines = people.map((one): Line => {
    const role = roles.find((r) => followed(r.resource.practitioner, r, message) === one);
    const cells = COLUMNS.map(([, reader]) => shown(reader, one, message, marks));
    const job = role && concepts('code')(role, message);
    const part = [...(parts.get(one) ?? []), ...(job ? [job.text] : [])].join(', ');
    return {
      at: one.pointer,
      covers: [wholeOf(one), ...(role ? [wholeOf(role)] : [])],
      cells: [part === '' ? undefined : { text: part, at: one.pointer, marks: [] }, ...cells],
      marks: [],
    };
  });
  const columns = ['Part', ...COLUMNS.map(([label]) => label)];
  return {
    blocks: [{ form: 'table', caption: 'People and organisations', at: first.pointer, columns, lines }],
    shown: known,
  };
}

function partsIn(message: Message): Map<Located, Set<string>> {
  const parts = new Map<Located, Set<string>>();
  for (const { from, pointer, reference } of referencesOf(message)) {
    const property = segmentsOf(pointer).findLast((name) => PARTS.has(name));
    const part = property === undefined ? undefined : PARTS.get(property);
    const target = part === undefined ? undefined : resolve(message, from, reference);
    if (part === undefined || !target) continue;
    const known = parts.get(target);
    if (known) known.add(part);
    else parts.set(target, new Set([part]));
  }
  return parts;
}

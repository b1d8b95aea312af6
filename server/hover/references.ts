// What a reference, or an address of an entry, leads to.
import { labelIn } from '../../core/itk3/label';
import { entriesOf, type Located, referenceIn, resolve } from '../../core/itk3/message';
import { code, prose } from './markdown';
import type { Spot } from './spot';

export function reference(spot: Spot): string | undefined {
  const { value, name, beside } = spot;
  const written = referenceIn(value) ?? (name === 'reference' || name === 'display' ? referenceIn(beside) : undefined);
  if (written !== undefined) return target(written, spot);
  if (typeof value !== 'string') return undefined;
  if (name === 'fullUrl') return entryAt(value, spot);
  // A sender may give the address of an entry as its reference.
  const isAddress = name.startsWith('value') && value.startsWith('urn:uuid:');
  const found = isAddress && spot.message.resources.find((one) => one.fullUrl === value);
  return found ? `The address of **${prose(labelIn(spot.message, found))}** (${placeOf(found, spot)})` : undefined;
}

function target(written: string, spot: Spot): string {
  const { message, at, knowledge } = spot;
  const { registry } = knowledge;
  const kind = registry.messageDefinition(written);
  if (kind) return `Names the kind of message: **${prose(kind.title ?? kind.event.code)}**`;
  const found = resolve(message, at, written);
  if (!found) return `Points at ${code(written)}, which is not in this ${at.bundle ? 'bundle' : 'resource'}.`;
  return `Points at **${prose(labelIn(message, found))}** (${placeOf(found, spot)})`;
}

function placeOf(found: Located, { message, at }: Spot): string {
  if (found.container || !found.bundle) return 'contained here';
  const bundle = at.bundle === found.bundle ? 'this bundle' : `the ${String(found.bundle.resource.type)} bundle`;
  return `entry ${entriesOf(message, found.bundle).indexOf(found) + 1} of ${bundle}`;
}

function entryAt(fullUrl: string, { message, beside }: Spot): string | undefined {
  const found = message.resources.find((one) => one.fullUrl === fullUrl && one.resource === beside.resource);
  return found && `The address by which other entries refer to **${prose(labelIn(message, found))}**`;
}

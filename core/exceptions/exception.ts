// A finding that someone has looked at and takes as it is. It stands, with its reason, in a file beside the message:
// JSON has no comments, and a message is not touched for the sake of a tool.
import { fhirPath, join, type Pointer, segmentsOf } from '../document/pointer';
import { isObject } from '../json';

export interface Exception {
  rule: string;
  /**
   * As FHIR writes it, from the outermost resource or from any resource inside it on (`Patient.name[0].family`); `[*]`
   * is any item of a list. Without it the exception holds for the whole message.
   */
  path?: string;
  /** Words of the finding, where a rule finds more than one thing at a path. */
  message?: string;
  reason: string;
  /** Where the exception itself stands, in its own file. */
  pointer: Pointer;
}

/** Put behind the whole name of a message, so that no `*.json` takes the file for one. */
const SUFFIX = '.itk3';

export function sidecarOf(message: string): string {
  return message + SUFFIX;
}

/** The name of the message that a sidecar stands beside; undefined when the name is not that of a sidecar. */
export function messageBeside(name: string): string | undefined {
  return name.endsWith(SUFFIX) && !name.endsWith(`/${SUFFIX}`) && name !== SUFFIX
    ? name.slice(0, -SUFFIX.length)
    : undefined;
}

/** The ways to name a spot: from the root on, and from each other resource around the spot on; the last is the shortest. */
export function pathsOf(root: unknown, pointer: Pointer): string[] {
  const paths = [fhirPath(root, pointer)];
  const segments = segmentsOf(pointer);
  let value = root;
  // In a list of messages each is one for itself.
  let outermost = isObject(root) ? root : undefined;
  for (const [i, segment] of segments.entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) break;
    value = (value as Record<string, unknown>)[segment];
    if (!isObject(value) || typeof value.resourceType !== 'string') continue;
    outermost ??= value;
    // A document inside a message is a Bundle too: "Bundle." always means the outermost.
    if (value !== outermost && value.resourceType === outermost.resourceType) continue;
    paths.push(fhirPath(value, join('', ...segments.slice(i + 1))));
  }
  return paths;
}

/** Tells of a path with `[*]` in it whether it means a spot, by one of the spot's names. */
export function wildcardTest(path: string): (paths: readonly string[]) => boolean {
  const parts = path.split('[*]').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('\\[\\d+\\]')}$`);
  return (paths) => paths.some((one) => pattern.test(one));
}

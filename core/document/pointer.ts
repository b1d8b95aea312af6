/** A JSON Pointer (RFC 6901) into the FHIR JSON form of a message; the empty text is the whole. */
export type Pointer = string;

export function escapeSegment(segment: string): string {
  return segment.includes('~') || segment.includes('/') ? segment.replace(/~/g, '~0').replace(/\//g, '~1') : segment;
}

export function join(pointer: Pointer, ...segments: (string | number)[]): Pointer {
  let joined = pointer;
  for (const segment of segments) joined += typeof segment === 'number' ? `/${segment}` : `/${escapeSegment(segment)}`;
  return joined;
}

export function segmentsOf(pointer: Pointer): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((s) => (s.includes('~') ? s.replace(/~1/g, '/').replace(/~0/g, '~') : s));
}

export function parentOf(pointer: Pointer): Pointer {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

/** True when `inner` is `outer` or lies inside it. */
export function isWithin(inner: Pointer, outer: Pointer): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** The value at a pointer; undefined where there is none. */
export function valueAt(root: unknown, pointer: Pointer): unknown {
  let value = root;
  for (const segment of segmentsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

/** The pointer in FHIR's own notation: `/entry/0/resource/event/code` in a Bundle is `Bundle.entry[0].resource.event.code`. */
export function fhirPath(root: unknown, pointer: Pointer): string {
  const type = (root as { resourceType?: unknown } | null | undefined)?.resourceType;
  let path = typeof type === 'string' ? type : '';
  for (const segment of segmentsOf(pointer)) {
    if (/^(0|[1-9]\d*)$/.test(segment)) path += `[${segment}]`;
    else path += path === '' ? segment : `.${segment}`;
  }
  return path;
}

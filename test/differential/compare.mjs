// Both verdicts on one message, brought into one form: how serious, where, and in which words.

/** @typedef {{ severity: string, id: string, path: string, message: string }} Said */

const RANK = { fatal: 0, error: 0, warning: 1, information: 2, hint: 3 };

export const isError = ({ severity }) => RANK[severity] === 0;

/** Serious enough for a person to act on. */
export const isRaised = ({ severity }) => RANK[severity] <= 1;

/** @returns {Said[]} what stands beside the base's, counted: what only moved to another place is not new */
export function fresh(said, base) {
  const known = new Map();
  for (const { id, severity, message } of base) {
    const key = keyOf(id, severity, message);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return said.filter(({ id, severity, message }) => {
    const key = keyOf(id, severity, message);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

function keyOf(id, severity, message) {
  return `${severity} ${id} ${message.replace(/\[\d+\]|\/\*.*?\*\//g, '')}`;
}

/** Remarks of Java that count entries from one. */
const FROM_ONE = /^(Bundle_BUNDLE_Entry_(Document|Orphan_\w+)|Validation_BUNDLE_Message)$/;

/** Java's notation of a place as ours: comments out, a choice by its concrete name. */
export function plainPath(path, id) {
  const counted = FROM_ONE.test(id)
    ? path.replace(/\[(\d+)\](\.resource)?$/, (_, n, tail = '') => `[${n - 1}]${tail}`)
    : path;
  return counted
    .replace(/^\$|^\(document\)/, '')
    .replace(/\/\*.*?\*\//g, '')
    .replace(/\[url='[^']*'\]/g, '')
    .replace(/\.ofType\((\w)(\w*)\)/g, (_, first, rest) => first.toUpperCase() + rest)
    .replace(/\.(\w+)\[x\]/g, '.$1');
}

/**
 * How Java's place stands to ours. A missing element is told at its parent by both, a list by one and its item by the
 * other, so a step or two up or down the same branch is the same place.
 * @returns {'same' | 'near' | 'elsewhere'}
 */
export function nearness(java, ours) {
  const [a, b] = [stepsOf(java), stepsOf(ours)];
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (!isSameName(a[i].name, b[i].name)) return 'elsewhere';
    if (a[i].index !== undefined && b[i].index !== undefined && a[i].index !== b[i].index) return 'elsewhere';
  }
  const apart = Math.abs(a.length - b.length);
  return apart === 0 ? 'same' : apart <= 2 ? 'near' : 'elsewhere';
}

/** Java sometimes leaves the type of a choice out, and tells a companion at its primitive. */
function isSameName(java, ours) {
  const name = ours.replace(/^_/, '');
  return java === name || (name.startsWith(java) && /^[A-Z]/.test(name.slice(java.length)));
}

function stepsOf(path) {
  return path.split('.').map((step) => {
    const [, name, index] = /^([^[]*)(?:\[(\d+)\])?/.exec(step);
    return { name, index };
  });
}

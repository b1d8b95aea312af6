// Why the two validators say different things, where they do. One that nobody needs any more is itself reported.

/** What Java says of whatever refers to a resource with a fault: no finding of its own. */
export const KNOCK_ON = new Set(['Reference_REF_CantMatchChoice']);

/** Faults that Java does not find: by the name of the fault, or for every fault of a rule. */
export const ONLY_OURS = [
  { fault: /^text: a tab inside a text/, because: "Java's JSON reader takes control characters inside a text" },
  { fault: /^text: the type of a resource twice/, because: 'Java tells of every name that stands twice but this one' },
  { fault: /^shape: an empty list of texts/, because: 'Java lets an empty list of primitives pass, not one of objects' },
  { fault: /^shape: an abstract type/, because: 'Java takes DomainResource for a type that a resource may have' },
];

/** Faults that Java finds at another place, or by another thing that is wrong because of them. */
export const ELSEWHERE = [
  { rule: 'json-syntax', because: 'Java names the line at which its reader stopped, not the place in the message' },
  { rule: 'too-much', because: 'Java has no such limit; it tells of what it finds in there' },
  { rule: 'profile-type', because: 'Java applies the profile of the other type and forbids every element' },
];

/** What Java alone holds against a whole message. */
export const ONLY_JAVA = [];

// The FHIRPath library with its STU3 model, as the stage of invariants needs it. Built into a file of its own, which is
// loaded when the first expression is met that has no native form: nothing else may import this file.
/* eslint-disable @typescript-eslint/no-require-imports -- an import would take the library's other build, which carries
   its packages as one text, so that the notices could not name them */
import fhirpath = require('fhirpath');
import stu3 = require('fhirpath/fhir-context/stu3');
import types = require('fhirpath/src/types.js');
import type { FhirPath } from '../../knowledge';
import { isObject, type Json } from '../../json';

/** `trace()` writes to the console unless it is told otherwise, and values of a message belong nowhere but in the message. */
const traceFn = (): void => undefined;

/** The library's own `resolve()` asks servers; here a reference leads to what stands in the message, or nowhere. */
function resolver(resolve: (reference: string) => Json | undefined) {
  return {
    fn(this: unknown, nodes: readonly { data?: unknown }[]): unknown[] {
      return nodes.flatMap(({ data }) => {
        const reference: unknown = typeof data === 'object' && data !== null ? (data as Json).reference : data;
        const found = typeof reference === 'string' ? resolve(reference) : undefined;
        return found ? [types.ResourceNode.makeResNode(this, found, null, null, null, null)] : [];
      });
    },
    arity: { 0: [] },
    internalStructures: true,
  };
}

/** The library compares each item with each other one, which takes minutes for a code system of some thousand codes. */
const isDistinct = {
  fn: (nodes: readonly unknown[]): boolean =>
    new Set(nodes.map((node) => inOneForm(dataOf(node)))).size === nodes.length,
  arity: { 0: [] },
  internalStructures: true,
};

const dataOf = (node: unknown): unknown => (node instanceof types.ResourceNode ? node.data : node);

/** The same text for the same value: the order of properties does not count. */
function inOneForm(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

export const compile: FhirPath['compile'] = (base, expression) => {
  const options = { traceFn, async: false } as const;
  const typed = fhirpath.compile({ base, expression }, stu3, options);
  // Version 5.2.0 fails on a number that it is told the type of.
  const untyped = (): typeof typed => fhirpath.compile(expression, stu3, options);
  return (value, { resource, root, resolve }) => {
    const run = typeof value === 'number' ? untyped() : typed;
    const userInvocationTable = { resolve: resolver(resolve), isDistinct };
    const result: unknown[] = run(value, { resource, rootResource: root }, { userInvocationTable });
    return result;
  };
};

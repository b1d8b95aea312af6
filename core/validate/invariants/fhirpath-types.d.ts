// The one thing that is needed of the library's inside, which it does not describe itself.
declare module 'fhirpath/src/types.js' {
  export class ResourceNode {
    readonly data: unknown;
    static makeResNode(context: unknown, data: unknown, parent: null, path: null, companion: null, type: null): unknown;
  }
}

// All that the toolkit knows, as the doors hand it to the middle of the house.
import type { Registry } from './definitions/registry';
import type { Terminology } from './definitions/terminology';
import type { Invented } from './draft/cast';
import type { ResponseCode } from './itk3/response-codes';
import type { Json } from './json';
import type { Contradiction, Envelope, Owner, UseCase } from './itk3/use-case';

/** One thing that a compiled JSON Schema found wrong (ajv's form). */
export interface ShapeError {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
}

export interface ShapeValidator {
  (value: unknown): boolean;
  errors?: ShapeError[] | null;
}

/** The FHIRPath library, as far as it is used. */
export interface FhirPath {
  /** @param base type or path of the values that the expression is asked of: `Range`, `Composition.section`. May throw. */
  compile: (base: string, expression: string) => FhirPathExpression;
}

/** Gives what the expression gives, and throws where it cannot be run; `TooLong` where that did not end in time. */
export type FhirPathExpression = (value: unknown, scope: FhirPathScope) => unknown[];

export interface FhirPathScope {
  /** The resource in which the value stands, and the one that contains that (itself when none does). */
  resource: Json;
  root: Json;
  /** The resource that a reference leads to. */
  resolve: (reference: string) => Json | undefined;
}

/** What a message is judged by. */
export interface Knowledge {
  registry: Registry;
  terminology: Terminology;
  envelope: Envelope;
  useCases: UseCase[];
  contradictions: Contradiction[];
  responseCodes: ResponseCode[];
  owners: Owner[];
  /** Whom and what new messages are about. */
  invented: Invented;
  /** Validators of the shape of each resource type. */
  shapes: Record<string, ShapeValidator | undefined>;
  /** Loads the library when first called, which few messages ask for. May throw. */
  fhirpath: () => FhirPath;
}

// All that the toolkit knows, as the doors hand it to the middle of the house.
import type { Registry } from './definitions/registry';
import type { Terminology } from './definitions/terminology';
import type { ResponseCode } from './itk3/response-codes';
import type { Contradiction, Envelope, Template, UseCase } from './itk3/use-case';

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

/** What a message is judged by. */
export interface Knowledge {
  registry: Registry;
  terminology: Terminology;
  envelope: Envelope;
  useCases: UseCase[];
  contradictions: Contradiction[];
  responseCodes: ResponseCode[];
  templates: Template[];
  /** Validators of the shape of each resource type. */
  shapes: Record<string, ShapeValidator | undefined>;
}

// What the schema's check finds wrong, in a person's words.
import { join, type Pointer } from '../core/document/pointer';
import { isObject, text } from '../core/json';
import { nearest } from '../core/nearest';

/** What ajv tells of a value, as far as it is used here. */
export interface CheckError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: Record<string, unknown>;
  /** The schema that the value was held against; words for people stand in it. */
  parentSchema?: Record<string, unknown>;
}

interface Told {
  pointer: Pointer;
  part?: 'key' | 'value';
  sentence: string;
}

/** Undefined of what another error tells better. A value is never repeated: it may be a secret in the wrong place. */
export function sentenceOfError(error: CheckError): Told | undefined {
  const { keyword, instancePath, schemaPath, params, parentSchema = {} } = error;
  const told = (sentence: string, part?: 'key' | 'value'): Told => ({ pointer: instancePath, part, sentence });
  if (/\/anyOf\/\d/.test(schemaPath)) return undefined;
  switch (keyword) {
    case 'additionalProperties': {
      const name = text(params.additionalProperty) ?? '';
      const names = isObject(parentSchema.properties) ? Object.keys(parentSchema.properties) : [];
      const near = nearest(name, names);
      const hint = near === undefined ? `What may stand here: ${names.join(', ')}.` : `Did you mean "${near}"?`;
      return { pointer: join(instancePath, name), part: 'key', sentence: `No such thing is known here. ${hint}` };
    }
    case 'required':
      return told(`"${text(params.missingProperty) ?? ''}" is missing.`);
    case 'pattern':
      return told(text(parentSchema.patternErrorMessage) ?? 'This cannot be read.');
    case 'anyOf':
    case 'not':
      return told(text(parentSchema.errorMessage) ?? 'This cannot be used.', keyword === 'not' ? 'key' : undefined);
    case 'enum':
      return told(`Choose one of ${(params.allowedValues as string[]).map((one) => `"${one}"`).join(', ')}.`);
    case 'type':
      return told(`This has to be ${ARTICLES[text(params.type) ?? ''] ?? 'something else'}.`);
    case 'minLength':
      return told('This is empty.');
    default:
      return told('This is no number of minutes.');
  }
}

const ARTICLES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  array: 'a list',
  object: 'an object',
};

// What a file is called in the other form. Pure.
import type { Format } from '../../core/document/source-document';

/** The path with the ending of the form; one with another ending of its own keeps that too. */
export function inForm(path: string, form: Format): string {
  return /\.(json|xml)$/i.test(path) ? path.replace(/\.\w+$/, `.${form}`) : `${path}.${form}`;
}

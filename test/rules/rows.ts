import type { Loose } from '../loose';
import { section } from '../faults/fault';

export const MEDICINES = '933361000000108';
export const ALLERGIES = '886921000000105';
export const DEMOGRAPHICS = '886731000000109';
export const PRACTICE = '886711000000101';
export const CONTACTS = 'contacts-with-professionals';
export const LEGAL = '886961000000102';

/** Fills the first cell beside a label in a section's text. */
export function fill(m: Loose, code: string, label: string, cell: string): void {
  const { text } = section(m, code);
  text.div = text.div.replace(
    new RegExp(`(<th>${label}</th><td>).*?</td>`),
    (_: string, before: string) => `${before}${cell}</td>`,
  );
}

/** Gives a section a text of other rows. */
export function rows(m: Loose, code: string, html: string): void {
  section(m, code).text.div = `<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>`;
}

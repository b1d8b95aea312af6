import { sourced } from '../../core/rules/sourced';
import { link, prose } from './markdown';

/** Who says so, at the end of a sentence. */
export function from(title: string): string {
  const { url } = sourced(title);
  return `— _${url === undefined ? prose(title) : link(title, url)}_`;
}

import type { Source } from '../../core/finding';
import { sourced } from '../../core/rules/sourced';
import { link, prose } from './markdown';

/** Who says so, at the end of a sentence. */
export function from(title: string): string {
  return `— ${linked(sourced(title))}`;
}

export function linked({ title, url }: Source): string {
  return url === undefined ? prose(title) : link(title, url);
}

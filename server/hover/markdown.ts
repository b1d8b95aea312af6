// Text put into markdown so that it reads as it was written.
import { type MarkupContent, MarkupKind } from 'vscode-languageserver';
import type { Client } from '../feature';

/** Words from definitions and messages: none of their characters is markup. */
export function prose(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** Definitions of FHIR have links in them, which lead to pages beside theirs. */
export function unlinked(text: string): string {
  return text.replace(/\[([^\][]+)\]\([^()\s]*\)/g, '$1');
}

export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replace(/\s+/g, ' ')}${fence}`;
}

/** Only web addresses become links. */
export function link(title: string, url: string): string {
  return /^https?:\/\/[^\s()<>]+$/.test(url) ? `[${prose(title)}](${url})` : `${prose(title)} (${code(url)})`;
}

/** Markdown where the client shows it, else the words alone. */
export function markup(markdown: string, client: Pick<Client, 'markdown'>): MarkupContent {
  if (client.markdown) return { kind: MarkupKind.Markdown, value: markdown };
  const value = markdown
    .replace(/\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)/g, '$1 ($2)')
    .replace(/(?<!\\)(\*\*|``?)/g, '')
    .replace(/\\([\\`*_[\]<>#|~])/g, '$1');
  return { kind: MarkupKind.PlainText, value };
}

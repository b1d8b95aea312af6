// The published material beside the project, where it is at hand: tests read it, nothing of it is kept here.
import fs from 'node:fs';
import path from 'node:path';
import { readXml } from '../core/document/xml-document';
import type { Json } from '../core/json';
import { knowledge } from './knowledge';

const FOLDER = path.resolve('../shared/published');

/** Names of the published files below a folder, in order; none where the material is not at hand. */
export function publishedFiles(folder: string): string[] {
  const place = path.join(FOLDER, folder);
  if (!fs.existsSync(place)) return [];
  return fs
    .readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(xml|json)$/.test(name))
    .map((name) => path.join(folder, name))
    .sort();
}

export function publishedFolder(folder: string): string {
  return path.join(FOLDER, folder);
}

/** A published file as FHIR JSON. Those of the packages are whole; an example may have faults. */
export function readPublished(file: string): Json {
  const text = textOfPublished(file);
  return (file.endsWith('.json') ? JSON.parse(text) : readXml(text, knowledge().registry).value) as Json;
}

export function textOfPublished(file: string): string {
  return fs.readFileSync(path.join(FOLDER, file), 'utf8');
}

/** The canonical url of a published profile or value set, without reading all of it. */
export function urlOfPublished(file: string): string | undefined {
  return /<url value="([^"]+)"/.exec(textOfPublished(file))?.[1];
}

// Names of people, as HumanName has them and as the NHS writes them.
import { isObject, type Json, list, text } from '../json';

/** The official one before any other; nothing where there is none. */
export function officialName({ name }: Json): Json {
  const names = list(name).filter(isObject);
  return names.find(({ use }) => use === 'official') ?? names[0] ?? {};
}

/** As a resource or the synthetic set has it: each part a text or several. */
interface HumanName {
  family?: unknown;
  given?: unknown;
  prefix?: unknown;
}

/** `TESTWELL, Marmaduke (Mr)`, as the guide writes it; undefined without a family name. */
export function listedName({ family, given, prefix }: HumanName): string | undefined {
  if (text(family) === undefined || family === '') return undefined;
  const [first, title] = [words(given), words(prefix)];
  return `${text(family)!.toUpperCase()}${first && `, ${first}`}${title && ` (${title})`}`;
}

function words(parts: unknown): string {
  return [parts]
    .flat()
    .flatMap((part) => text(part) ?? [])
    .join(' ');
}

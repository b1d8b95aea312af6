// Paths of elements as receivers write them into diagnostics: FHIRPath, XPath or a JSON Pointer.

/** One step from an element to another. */
export interface Step {
  name: string;
  /** From 0. */
  index?: number;
  /** The item of a list whose property has that value. */
  where?: { name: string; value: string };
}

export interface ElementPath {
  /** As it is written. */
  expression: string;
  /** The type of resource that it starts from; undefined of a JSON Pointer, which starts from the whole. */
  type?: string;
  steps: Step[];
}

/** Beyond these characters nobody has written a sentence. */
const MOST = 5_000;

const POINTER = /(?<![\w/.)])\/entry\/\d+(?:\/[\w-]+)*/g;
const START = /(?<![\p{L}\p{N}_.:/])(?<lead>\/{0,2}(?:[a-z]\w*:)?)(?<type>[A-Z][A-Za-z]+)(?=[./[])/gu;

/** @param isType whether a word is a type of resource */
export function elementPathsIn(words: string, isType: (word: string) => boolean): ElementPath[] {
  const text = words.slice(0, MOST);
  const pointers = [...text.matchAll(POINTER)].map(([expression]): ElementPath => ({
    expression,
    steps: stepsOfPointer(expression.slice(1).split('/')),
  }));
  const paths = [...text.matchAll(START)].flatMap((match): ElementPath[] => {
    const { type = '' } = match.groups ?? {};
    if (!isType(type)) return [];
    const { steps, end } = readSteps(text, match.index + match[0].length);
    return steps.length > 0 ? [{ expression: text.slice(match.index, end), type, steps }] : [];
  });
  return [...paths, ...pointers];
}

function stepsOfPointer(segments: readonly string[]): Step[] {
  const steps: Step[] = [];
  for (const segment of segments) {
    const last = steps.at(-1);
    if (/^\d+$/.test(segment) && last) last.index = Number(segment);
    else steps.push({ name: segment });
  }
  return steps;
}

const FORMS = {
  // As the Java validator marks which resource it is in, between two stars.
  comment: /\/\*[^*]*\*\//y,
  call: /\.(\w+)\(([^()]*)\)/y,
  dotted: /\.([a-z_]\w*)(\[x\])?/y,
  slashed: /\/(?:[a-z]\w*:)?(@?[A-Za-z_]\w*)/y,
  index: /\[(\d+)\]/y,
  choose: /\[\s*(?:[a-z]\w*:)?@?(\w+)(?:\/@value)?\s*=\s*['"‘’“”]([^'"‘’“”\]]*)['"‘’“”]\s*\]/y,
  slice: /:[A-Za-z][\w-]*/y,
};

function readSteps(text: string, start: number): { steps: Step[]; end: number } {
  const steps: Step[] = [];
  let at = start;
  let isXPath = false;
  const take = (form: RegExp): RegExpExecArray | null => {
    form.lastIndex = at;
    const found = form.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  for (;;) {
    const last = steps.at(-1);
    if (take(FORMS.comment)) continue;
    const call = take(FORMS.call);
    if (call) {
      called(call[1]!, call[2]!, steps);
      continue;
    }
    const dotted = take(FORMS.dotted);
    if (dotted) {
      steps.push({ name: dotted[1]! });
      continue;
    }
    const slashed = take(FORMS.slashed);
    if (slashed) {
      isXPath = true;
      steps.push({ name: slashed[1]! });
      continue;
    }
    const index = last && take(FORMS.index);
    if (index) {
      // XPath counts from 1.
      last.index = Math.max(0, Number(index[1]) - (isXPath ? 1 : 0));
      continue;
    }
    const choose = last && take(FORMS.choose);
    if (choose) {
      last.where = { name: choose[1]!, value: choose[2]! };
      continue;
    }
    if (!last || !take(FORMS.slice)) return { steps, end: at };
  }
}

/** Of FHIRPath's functions those that lead somewhere. */
function called(name: string, inside: string, steps: Step[]): void {
  const said = inside.trim().replace(/^['"]|['"]$/g, '');
  if (name === 'extension')
    steps.push({ name: 'extension', where: { name: 'url', value: said.replace(/^url\s*=\s*['"]?/, '') } });
  const [, property, value] = /^(\w+)\s*=\s*['"]([^'"]*)['"]?$/.exec(inside.trim()) ?? [];
  const last = steps.at(-1);
  if (name === 'where' && last && property !== undefined && value !== undefined) last.where = { name: property, value };
}

// ajv's standalone validators without what nobody here reads: two fifths of their text, which two processes load.

/** Each is a form that ajv writes; one that is not met any more is told, rather than carried along for nothing. */
const FORMS = [
  // Where in the schema, where in the data above, and which schema: the JSON Pointer says enough.
  [/,schemaPath:"[^"]*"/g, ''],
  [/,parentData:[^{}]*?,rootData\}/g, '}'],
  [/, parentData, parentDataProperty, rootData=data/g, ''],
  [/\/\*# sourceURL="[^"]*" \*\/;/g, ''],
  // What an error is, once.
  [
    /const (err\d+) = \{instancePath(?::([^{}]*))?,keyword:("\w+"),params:(\{[^{}]*\})\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g,
    (_, error, path = 'instancePath', keyword, params) =>
      `vErrors = withError(vErrors, ${path}, ${keyword}, ${params});errors++;`,
  ],
  // Of the schemas only the names of properties are asked for.
  [
    /const (schema\d+) = (\{.*?\});(?=const |function )/g,
    (_, name, schema) =>
      `const ${name} = {properties:${JSON.stringify(Object.fromEntries(Object.keys(JSON.parse(schema).properties ?? {}).map((key) => [key, 1])))}};`,
  ],
];

const WITH_ERROR = `function withError(errors, instancePath, keyword, params) {
  const error = { instancePath, keyword, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}
`;

/** @param {string} code what ajv wrote */
export function leanValidators(code) {
  return FORMS.reduce((text, [form, lean]) => {
    const after = text.replace(form, lean);
    if (after === text) throw new Error(`ajv writes no ${form} any more: see scripts/lean-validators.mjs`);
    return after;
  }, code).concat('\n', WITH_ERROR);
}

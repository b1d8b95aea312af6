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
  // Into the list that is there: one made anew for each error takes the square of their number.
  [
    /vErrors = vErrors === null \? ([\w.]+)\.errors : vErrors\.concat\(\1\.errors\);/g,
    'vErrors = withErrors(vErrors, $1.errors);',
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
function withErrors(errors, more) {
  if (errors === null) return more;
  for (const error of more) errors.push(error);
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

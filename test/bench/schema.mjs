// One JSON Schema of STU3 for an editor's language service, made of what our own shape validators are made of.
import { createRequire } from 'node:module';
import { shapeSchemas } from '../../scripts/shape-schemas.mjs';

const require = createRequire(import.meta.url);
const { createRegistry } = require('../../out/core/definitions/registry.js');
const { basePackages } = require('../../out/test/knowledge.js');

const DATE = '[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?';
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?';
const MOMENT = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T${TIME}(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])`;

/** Our formats are functions, which a schema for an editor cannot call. */
const PATTERNS = {
  string: '\\S',
  markdown: '\\S',
  xhtml: '\\S',
  uri: '^\\S+$',
  code: '^\\S+( \\S+)*$',
  id: '^[A-Za-z0-9.-]{1,64}$',
  oid: '^urn:oid:[0-2](\\.(0|[1-9][0-9]*))+$',
  uuid: '^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  base64Binary: '^[A-Za-z0-9+/=\\s]*$',
  date: `^${DATE}$`,
  dateTime: `^(${DATE}|${MOMENT})$`,
  instant: `^${MOMENT}$`,
  time: `^${TIME}$`,
};

export function stu3Schema() {
  const [base] = basePackages();
  const definitions = {};
  for (const { $id, ...schema } of shapeSchemas(createRegistry([base]), base.definitions))
    definitions[$id] = rewritten(schema);
  const resources = base.definitions.filter(
    (d) => d.kind === 'resource' && !d.abstract && d.derivation === 'specialization',
  );
  definitions.AnyResource = dispatch(resources.map((d) => d.type));
  return { $schema: 'http://json-schema.org/draft-07/schema#', $ref: '#/definitions/AnyResource', definitions };
}

/** By resourceType: a oneOf over all resources would try each of them on each resource. */
function dispatch(types) {
  const branches = types.map((type) => ({
    if: { properties: { resourceType: { const: type } } },
    then: { $ref: `#/definitions/${type}` },
  }));
  return {
    type: 'object',
    required: ['resourceType'],
    properties: { resourceType: { enum: types } },
    allOf: branches,
  };
}

function rewritten(schema) {
  if (Array.isArray(schema)) return schema.map((item) => rewritten(item));
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$ref') copy.$ref = `#/definitions/${value}`;
    else if (key === 'format') copy.pattern = PATTERNS[value];
    else copy[key] = rewritten(value);
  }
  return isAnyResource(copy) ? { $ref: '#/definitions/AnyResource' } : copy;
}

/** What our schemas say of a resource inside another: no more than that it has a type. */
function isAnyResource({ properties, required, additionalProperties }) {
  return additionalProperties === undefined && required?.[0] === 'resourceType' && Object.keys(properties).length === 1;
}

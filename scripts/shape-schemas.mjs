// JSON Schemas for the shape of every STU3 type, made from the definitions: which properties there are, which are lists,
// which must be there, and the written form of primitives. Codes, choices and profiles are judged elsewhere.
import { choiceNames, isChoice, isList } from '../out/core/definitions/element.js';
import { NUMBER_FORMS, TEXT_FORMS } from '../out/core/validate/primitives.js';

const COMPANION = 'companion';
const ELEMENT_ID = { type: 'string', format: 'elementId' };

/** A resource inside another is judged on its own, once it says what it is. */
const RESOURCE = { type: 'object', required: ['resourceType'], properties: { resourceType: { type: 'string' } } };

/** @returns a list of schemas; `$id` is the name of the type, or the path of an element with elements inside */
export function shapeSchemas(registry, definitions) {
  const schemas = [
    {
      $id: COMPANION,
      type: 'object',
      minProperties: 1,
      properties: { id: ELEMENT_ID, extension: list({ $ref: 'Extension' }) },
      additionalProperties: false,
    },
  ];
  const primitives = new Set(definitions.filter((d) => d.kind === 'primitive-type').map((d) => d.type));

  const structure = (element, resourceType) => {
    const properties = resourceType ? { resourceType: { const: resourceType } } : {};
    const required = resourceType ? ['resourceType'] : [];
    for (const child of element.children.values()) {
      if (child.children) schemas.push({ $id: child.path, ...structure(child) });
      for (const [name, schema, isPrimitive] of forms(child)) {
        properties[name] = isList(child) ? list(isPrimitive ? orNull(schema) : schema) : schema;
        // The id of an element and the url of an extension are attributes: they have no companion.
        const isAttribute = name === 'url' ? element.path === 'Extension' : name === 'id' && !resourceType;
        if (isPrimitive && !isAttribute)
          properties[`_${name}`] = isList(child) ? list(orNull({ $ref: COMPANION })) : { $ref: COMPANION };
      }
      if (child.min > 0 && !isChoice(child)) required.push(child.name);
    }
    return { type: 'object', minProperties: 1, properties, required, additionalProperties: false };
  };

  const forms = (element) => {
    if (element.contentReference) return [[element.name, { $ref: element.contentReference.slice(1) }, false]];
    if (element.children) return [[element.name, { $ref: element.path }, false]];
    const named = isChoice(element) ? [...choiceNames(element)] : [[element.name, element.types[0]]];
    return named.map(([name, type]) => {
      if (type.code === 'Resource') return [name, RESOURCE, false];
      if (name === 'id' && type.code === 'string') return [name, ELEMENT_ID, true];
      return [name, { $ref: type.code }, primitives.has(type.code)];
    });
  };

  for (const { type, kind, derivation, url } of definitions) {
    if (derivation === 'constraint' || kind === 'logical' || type === 'Resource' || type === 'DomainResource') continue;
    if (kind === 'primitive-type') schemas.push({ $id: type, ...primitive(type) });
    else schemas.push({ $id: type, ...structure(registry.tree(url), kind === 'resource' ? type : undefined) });
  }
  return schemas;
}

function primitive(type) {
  if (type === 'boolean') return { type: 'boolean' };
  if (TEXT_FORMS[type]) return { type: 'string', format: type };
  const { integer, min, max } = NUMBER_FORMS[type];
  return {
    type: integer ? 'integer' : 'number',
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
  };
}

function list(items) {
  return { type: 'array', minItems: 1, items };
}

function orNull(schema) {
  return { anyOf: [{ type: 'null' }, schema] };
}

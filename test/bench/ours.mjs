// What is measured: every stage on a value, and the way from a text to findings with their places.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { knowledge } = require('../../out/test/knowledge.js');
const { readJson } = require('../../out/core/document/json-document.js');
const { checkDocument } = require('../../out/core/validate/check-document.js');
const { validate } = require('../../out/core/validate/validate.js');

/** After the examples were made, so that nothing in them lies in the future. */
const NOW = Date.parse('2026-12-01T12:00:00Z');

export const validator = {
  name: 'this validator, all stages',
  // A value is judged once: what is remembered of it must not make a second time cheaper.
  prepare: (text) => JSON.parse(text),
  run: (value) => validate(value, knowledge(), { now: NOW }).findings,
};

export const editor = {
  name: 'this validator, text to places',
  run: (text) => checkDocument(readJson(text), knowledge(), { now: NOW }).findings,
};

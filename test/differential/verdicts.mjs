// What each validator said of a message, held against the other: agreement, or which of the two was alone.
import { createRequire } from 'node:module';
import { NOW } from './cases.mjs';
import { fresh, isError, isRaised, nearness, plainPath } from './compare.mjs';
import { ELSEWHERE, KNOCK_ON, ONLY_JAVA, ONLY_OURS } from './explanations.mjs';

const require = createRequire(import.meta.url);
const { knowledge } = require('../../out/test/knowledge.js');
const { readJson } = require('../../out/core/document/json-document.js');
const { fhirPath } = require('../../out/core/document/pointer.js');
const { checkDocument } = require('../../out/core/validate/check-document.js');
const { RULES } = require('../../out/core/rules/index.js');

const BEYOND_PROFILES = new Set(RULES.map(({ id }) => id));
const GUIDES = 'asked by a guide, not by a profile: the Java validator knows only profiles';

/** @returns {import('./compare.mjs').Said[]} */
export function saidByUs(text) {
  const document = readJson(text);
  return checkDocument(document, knowledge(), { now: NOW }).findings.map(({ rule, severity, pointer, message }) => ({
    id: rule,
    severity,
    path: fhirPath(document.value, pointer),
    message,
  }));
}

/** @returns {import('./compare.mjs').Said[]} */
export function saidByJava({ issues, gaveUp }) {
  const said = issues.map(({ severity, id, path, message }) => ({
    severity,
    id: id ?? 'no id',
    path: plainPath(path ?? '', id),
    message,
  }));
  return gaveUp === undefined ? said : [...said, { severity: 'fatal', id: 'gave up', path: '', message: gaveUp }];
}

/**
 * One seeded fault: did each find it, and at the same place?
 * @returns {{ verdict: string, ours?: object, java?: object, because?: string }} `because` is missing where nobody explained it
 */
export function faultVerdict({ name, fault }, { ours, oursBase, java, javaBase }) {
  const news = fresh(ours, oursBase);
  const mine = news.find(({ id }) => id === fault.rule);
  if (!mine) return { verdict: 'missed by us' };
  const all = fresh(java, javaBase).filter((said) => isRaised(said) || said.severity === mine.severity);
  const telling = all.filter(({ id }) => !KNOCK_ON.has(id));
  const [best] = byNearness(telling.length > 0 ? telling : all, mine.path);
  if (!best)
    return { verdict: 'ours alone', ours: mine, because: explained(ONLY_OURS, name, fault.rule) ?? guides(fault.rule) };
  const because = () => explained(ELSEWHERE, name, fault.rule) ?? guides(fault.rule);
  if (best.near === 'elsewhere') return { verdict: 'elsewhere', ours: mine, java: best.said, because: because() };
  return { verdict: best.near === 'same' ? 'same place' : 'near', ours: mine, java: best.said, because: '' };
}

/** A whole message: what both raise, and what only one of them does. */
export function wholeVerdict({ ours, java }) {
  const raised = ours.filter(isRaised);
  const errors = java.filter(isError);
  const listed = ours.filter(({ severity }) => severity !== 'hint');
  const meets = (a, b) => nearness(b.path, a.path) !== 'elsewhere';
  return {
    both: errors.filter((said) => listed.some((mine) => meets(mine, said))).length,
    onlyJava: errors
      .filter((said) => !listed.some((mine) => meets(mine, said)))
      .map((said) => ({ said, because: explainedJava(said) })),
    onlyOurs: raised
      .filter((mine) => !java.some((said) => isRaised(said) && meets(mine, said)))
      .map((said) => ({ said, because: explained(ONLY_OURS, '', said.id) ?? guides(said.id) })),
  };
}

function byNearness(all, path) {
  const order = ['same', 'near', 'elsewhere'];
  return all
    .map((said) => ({ said, near: nearness(said.path, path) }))
    .sort((a, b) => order.indexOf(a.near) - order.indexOf(b.near));
}

function explained(list, name, rule) {
  const found = list.find((e) => (e.fault ? e.fault.test(name) : e.rule === rule));
  if (found) found.used = true;
  return found?.because;
}

function explainedJava({ id, message }) {
  const found = ONLY_JAVA.find((e) => isId(e.id, id) && (!e.message || e.message.test(message)));
  if (found) found.used = true;
  return found?.because;
}

function isId(wanted, id) {
  return typeof wanted === 'string' ? wanted === id : wanted.test(id);
}

function guides(rule) {
  return BEYOND_PROFILES.has(rule) ? GUIDES : undefined;
}

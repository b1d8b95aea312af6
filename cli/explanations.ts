// What a word means that stands in a finding, an acknowledgement, an answer of MESH or a message: where each is looked up.
import { pageOf } from '../core/definitions/page/page';
import { BASE, lastPart } from '../core/definitions/registry';
import type { Source } from '../core/finding';
import { dutyOf } from '../core/itk3/duty';
import type { Knowledge } from '../core/knowledge';
import { RULES_BY_HEADING } from '../core/rules';
import { meaningOfCode as meaningOfRefusal, REFUSAL_CODES } from '../mesh/refusals';
import { meaningOf as meaningOfReport, REPORT_CODES } from '../mesh/reports';
import { SCENARIOS } from '../mesh/sandbox/scenarios';

export interface Explanation {
  /** What the word is, as a heading: `20013, a response code of ITK3`. */
  title: string;
  /** Sentences. */
  says: string[];
  facts: [label: string, value: string][];
  sources: Source[];
}

/** One kind of word: which there are, for whoever has mistyped one, and what one means. */
interface Explainer {
  words: (knowledge: Knowledge) => readonly string[];
  explain: (word: string, knowledge: Knowledge) => Explanation | undefined;
}

/** Every kind of word that can be explained. */
const EXPLAINERS: readonly Explainer[] = [
  { words: () => rules().map(({ id }) => id), explain: rule },
  { words: ({ responseCodes }) => responseCodes.map(({ code }) => code), explain: responseCode },
  { words: () => [...REFUSAL_CODES, ...REPORT_CODES], explain: meshCode },
  { words: (knowledge) => workflows(knowledge).map(({ id }) => id), explain: workflow },
  { words: (knowledge) => events(knowledge).map(({ code }) => code), explain: event },
  { words: () => SCENARIOS.map(({ name }) => name), explain: scenario },
];

/** All that the word means: a code may be one of MESH and of ITK3. A name or url of a definition gives its page. */
export function explanationsOf(word: string, knowledge: Knowledge): Explanation[] {
  return EXPLAINERS.flatMap(({ explain }) => explain(word, knowledge) ?? []);
}

export function explainableWords(knowledge: Knowledge): string[] {
  return [...new Set(EXPLAINERS.flatMap(({ words }) => words(knowledge)))];
}

function rules() {
  return Object.entries(RULES_BY_HEADING).flatMap(([heading, infos]) => infos.map((info) => ({ heading, ...info })));
}

function rule(word: string): Explanation | undefined {
  const found = rules().find(({ id }) => id === word);
  if (!found) return undefined;
  return {
    title: `${word}, a rule`,
    says: [found.asks],
    facts: [
      ['Severity', found.severity],
      ['Of', found.heading],
      ['Switch it', `itk3 validate --rule ${word}=off; in the editor "itk3.rules": { "${word}": "off" }`],
      ['Except it', `beside message.json: message.json.itk3 (itk3 validate --help)`],
    ],
    sources: [found.source],
  };
}

function responseCode(word: string, knowledge: Knowledge): Explanation | undefined {
  const { responseCodes, envelope, terminology } = knowledge;
  const found = responseCodes.find(({ code }) => code === word);
  if (!found) return undefined;
  const { layer, outcome, responseCode: header, severity, issueCodes, conflict, source } = found;
  const duty = dutyOf({ code: word, layer, outcome }, knowledge);
  return {
    title: `${word}, a response code of ITK3`,
    says: [
      terminology.concept(envelope.responseCodes, word)?.display,
      duty?.says,
      conflict && `The sources contradict each other: ${conflict}`,
    ].flatMap((one) => (one ? [sentence(one)] : [])),
    facts: [
      ['Layer', layer],
      ['Outcome', outcome],
      ['Goes with', `response ${header}, severity ${severity}, issue ${issueCodes.join(' or ')}`],
      ['Provoke it', `itk3 sandbox --scenario ${word}`],
    ],
    sources: [{ title: source }, ...(duty ? [{ title: duty.source }] : [])],
  };
}

function meshCode(word: string): Explanation | undefined {
  const refusal = meaningOfRefusal(word);
  const isReported = REPORT_CODES.includes(word);
  if (refusal === undefined && !isReported) return undefined;
  const facts: [string, string][] = [];
  if (refusal !== undefined) facts.push(['In an answer', sentence(refusal)]);
  if (isReported) facts.push(['In a report', meaningOfReport(word)]);
  return { title: `${word}, a code of MESH`, says: [], facts, sources: [{ title: 'MESH API specification' }] };
}

function workflows({ useCases, envelope }: Knowledge) {
  const uses = [
    ...useCases.map(({ event, workflow: flow }) => ({ flow, of: event.code })),
    ...envelope.events.map(({ event, workflow: flow }) => ({ flow, of: event })),
  ];
  return uses.flatMap(({ flow, of }) =>
    flow
      ? [
          { id: flow.request, other: flow.acknowledgement, isAnswer: false, of, flow },
          { id: flow.acknowledgement, other: flow.request, isAnswer: true, of, flow },
        ]
      : [],
  );
}

function workflow(word: string, knowledge: Knowledge): Explanation | undefined {
  const found = workflows(knowledge).filter(({ id }) => id.toUpperCase() === word.toUpperCase());
  const [first] = found;
  if (!first) return undefined;
  const kinds = found.map(({ of }) => `${nameOfEvent(of, knowledge) ?? of} (${of})`);
  return {
    title: `${first.id}, a workflow id of MESH`,
    says: first.flow.note === undefined ? [] : [sentence(first.flow.note)],
    facts: [
      [first.isAnswer ? 'Answers' : 'Of', kinds.join(', ')],
      [first.isAnswer ? 'Request' : 'Answered with', first.other],
    ],
    sources: [{ title: first.flow.source }],
  };
}

function events({ envelope, registry }: Knowledge) {
  return registry.codeSystem(envelope.eventSystem)?.concepts ?? [];
}

function event(word: string, knowledge: Knowledge): Explanation | undefined {
  const { envelope, useCases, registry } = knowledge;
  const found = events(knowledge).find(({ code }) => code.toUpperCase() === word.toUpperCase());
  if (!found) return undefined;
  const flow = workflows(knowledge).find(({ of, isAnswer }) => of === found.code && !isAnswer);
  const useCase = useCases.find((one) => one.event.code === found.code);
  const message = registry.messageDefinitionOf({ system: envelope.eventSystem, code: found.code });
  return {
    title: `${found.code}, an event of ITK3: the kind of a message`,
    says: found.display === undefined ? [] : [sentence(found.display)],
    facts: (
      [
        ['Definition', message?.url],
        ['Guide', useCase && `${useCase.guide.title} ${useCase.guide.version}`],
        ['Workflow', flow && `${flow.id}, answered with ${flow.other}`],
      ] as const
    ).flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as [string, string]])),
    sources: [{ title: envelope.source }],
  };
}

function scenario(word: string): Explanation | undefined {
  const found = SCENARIOS.find(({ name }) => name === word);
  if (!found) return undefined;
  return {
    title: `${word}, a scenario of the sandbox`,
    says: [found.says],
    facts: [['Play it', `itk3 sandbox --scenario ${word}`]],
    sources: [],
  };
}

function nameOfEvent(code: string, knowledge: Knowledge): string | undefined {
  return events(knowledge).find((one) => one.code === code)?.display;
}

/** What stands in a table may be no sentence. */
function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(whole) ? whole : `${whole}.`;
}

/** The page of a profile, type, value set, code system or kind of message, by its url or the end of it. */
export function pageNamed(word: string, knowledge: Knowledge): string | undefined {
  const { registry } = knowledge;
  const ends = [
    ...registry.profileUrls(),
    ...registry.extensionUrls(),
    ...registry.messageDefinitions().map((m) => m.url),
  ];
  const url = word.includes('/') ? word : ends.find((one) => lastPart(one).toLowerCase() === word.toLowerCase());
  const type = registry.isResource(word) ? BASE + word : undefined;
  const known = url ?? type;
  return known === undefined ? undefined : pageOf(known, knowledge)?.text;
}

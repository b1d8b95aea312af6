// A message as whoever receives it would see it: plain data, from which a page can be made. Pure and total: of a broken
// message it has what can be read.
import type { Pointer } from '../document/pointer';
import type { Finding } from '../finding';
import { entriesOf, focusOf, headerOf, type Located, type Message } from '../itk3/message';
import { text } from '../json';
import type { Knowledge } from '../knowledge';
import { type Attachment, attachmentsOf } from './attachments';
import { type Banner, bannerOf } from './banner';
import { type Block, blocksOf, type Fact } from './blocks';
import { envelopeOf } from './envelope';
import { type Marks, marksIn } from './marks';
import { createBudget, type Narrative, readNarrative } from './narrative';
import { peopleIn } from './players';
import { concepts, either, followed, plain, time, word } from './said';
import { type PreviewSection, sectionsOf } from './sections';

export interface Preview {
  /** What the document calls itself, or what kind of message this is. */
  title: string;
  /** Of the title. */
  at: Pointer;
  /** What kind of document it is, who wrote it and when. */
  about: Fact[];
  verdict: Verdict;
  patient?: Banner;
  envelope: Fact[];
  sections: PreviewSection[];
  /** Who plays which part, and what stands in no section. */
  beyond: Block[];
  /** The text of a resource that stands alone. */
  narrative?: Narrative;
  attachments: Attachment[];
}

export interface Verdict {
  errors: number;
  warnings: number;
  notes: number;
  /** Why some of the message cannot be read at all: a sentence each. */
  breaks: string[];
}

const BREAKS: ReadonlySet<string> = new Set(['json-syntax', 'too-much', 'not-fhir']);

/** The outer form of a message: each is shown elsewhere. */
const FRAME: ReadonlySet<string> = new Set(['Bundle', 'MessageHeader', 'Composition', 'List', 'Binary']);

export function previewOf(message: Message, findings: readonly Finding[], knowledge: Knowledge): Preview {
  const marks = marksIn(findings);
  const composition = compositionOf(message);
  const header = headerOf(message);
  const patient = patientOf(message, composition);
  // In the order of the page: what is wrong is told where it is met first.
  const about = aboutOf(message, composition, marks);
  const contact = contactOf(message, composition, header);
  const banner = patient && bannerOf(patient, message, marks, contact);
  const envelope = envelopeOf(message, knowledge, marks);
  const used = new Set<Located>(patient ? [patient] : []);
  const budget = createBudget();
  const sections = composition
    ? sectionsOf(composition.resource, composition.pointer, composition, { message, findings, marks, budget, used })
    : [];
  const people = peopleIn(message, marks);
  for (const one of message.resources) {
    const medication = followed(one.resource.medicationReference, one, message);
    if (medication) used.add(medication);
  }
  const rest = message.resources.filter(
    (one) => !used.has(one) && !people.shown.has(one) && !FRAME.has(one.type) && one !== message.root,
  );
  const root = message.root.type === 'Bundle' ? [] : [message.root].filter((one) => one !== patient);
  const others = blocksOf({ resources: [...root, ...rest], all: [], missing: [] }, message, marks);
  const div = text((message.root.resource.text as { div?: unknown } | null | undefined)?.div);
  return {
    ...titleOf(message, composition, header),
    about,
    verdict: verdictOf(findings),
    ...(banner && { patient: banner }),
    envelope,
    sections,
    beyond: [...people.blocks, ...others],
    ...(message.root.type !== 'Bundle' && div?.trim() && { narrative: readNarrative(div, budget) }),
    attachments: attachmentsOf(message),
  };
}

export function verdictOf(findings: readonly Finding[]): Verdict {
  const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    notes: count('information'),
    breaks: findings
      .filter(({ rule }) => BREAKS.has(rule))
      .map(({ message }) => message)
      .slice(0, 3),
  };
}

/** Of the document in focus; else of whatever document there is. */
function compositionOf(message: Message): Located | undefined {
  const bundle = focusOf(message) ?? message.root;
  const first = bundle.type === 'Composition' ? bundle : entriesOf(message, bundle)[0];
  return first?.type === 'Composition' ? first : message.resources.find(({ type }) => type === 'Composition');
}

function patientOf(message: Message, composition: Located | undefined): Located | undefined {
  const subject = composition && followed(composition.resource.subject, composition, message);
  if (subject?.type === 'Patient') return subject;
  return message.resources.find(({ type }) => type === 'Patient');
}

/** When the patient was seen; else when the document or the message was written. */
function contactOf(message: Message, composition: Located | undefined, header: Located | undefined): unknown {
  const encounter = composition && followed(composition.resource.encounter, composition, message);
  const { start } = (encounter?.resource.period ?? {}) as { start?: unknown };
  return start ?? composition?.resource.date ?? header?.resource.timestamp;
}

function titleOf(
  message: Message,
  composition: Located | undefined,
  header: Located | undefined,
): { title: string; at: Pointer } {
  const told = composition && either(plain('title'), concepts('type'))(composition, message);
  if (told) return { title: told.text, at: told.at };
  const event = header?.resource.event as { display?: unknown; code?: unknown } | null | undefined;
  const title = text(event?.display) ?? text(event?.code) ?? message.root.type;
  return { title, at: header?.pointer ?? message.root.pointer };
}

function aboutOf(message: Message, composition: Located | undefined, marks: Marks): Fact[] {
  if (!composition) return [];
  const facts = [
    ['Kind of document', concepts('type')],
    ['Written', time('date')],
    ['Status', word('status')],
  ] as const;
  return facts.flatMap(([label, reader]): Fact[] => {
    const told = reader(composition, message);
    return told ? [{ label, ...told, marks: marks(told.at) }] : [];
  });
}

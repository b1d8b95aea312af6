// What can be told of a SNOMED CT code by its digits alone, and where to look it up.
import { isExpression, SNOMED_CT, whyNoConcept } from '../../core/nhs/snomed-id';
import { link } from './markdown';

/** The digits before the last three of a code with a namespace name who made it: these, the makers of dm+d. */
const DRUG_EXTENSION = '1000001';

/** Address forms as the guides of NHS England print them. */
const BROWSER = 'https://termbrowser.nhs.uk/?perspective=full&conceptId1={code}&edition=uk-edition';
const DMD = 'https://dmd-browser.nhsbsa.nhs.uk/';

/** @param wasAsked whether a terminology server has told of it */
export function snomed(system: unknown, code: string, wasAsked: boolean): string | undefined {
  if (system !== SNOMED_CT) return undefined;
  if (isExpression(code)) return 'An expression of SNOMED CT, made of several concepts · not checked';
  const why = whyNoConcept(code);
  if (why !== undefined) return `No concept of SNOMED CT: ${why}`;
  const isMedicine = code.at(-3) === '1' && code.slice(-10, -3) === DRUG_EXTENSION;
  return [
    isMedicine ? 'SNOMED CT concept, a medicine or device of dm+d' : 'SNOMED CT concept',
    'check digit right',
    ...(wasAsked ? [] : ['not looked up, as no terminology server has told of it']),
    link('SNOMED CT browser', BROWSER.replace('{code}', code)),
    ...(isMedicine ? [link('dm+d browser', DMD)] : []),
  ].join(' · ');
}

import { join, type Pointer } from '../document/pointer';
import { documentOf, patientOf, textOf } from '../itk3/document';
import { PATIENT_FACTS } from '../itk3/patient-facts';
import { labelled } from '../itk3/section-text';
import { readTime } from '../itk3/times';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Only what can be told surely; the guide gives the text no form. */
export const patientInText: Rule = {
  id: 'patient-in-text',
  severity: 'warning',
  asks: 'NHS number, name, birth date and gender of the patient are the same in the text as in the Patient.',
  source: sourced('ITK3 Message Distribution 2.10.0, FHIR-CC-03'),
  check({ message, knowledge, now = Infinity }, say) {
    const document = documentOf(message, knowledge);
    const patient = document && patientOf(message, document);
    if (!patient) return;
    for (const section of document.sections) {
      const { use } = section;
      if (!use?.facts || !PATIENT_FACTS.some(([fact]) => use.facts![fact])) continue;
      const text = textOf(section);
      if (!text) continue;
      for (const [fact, compare] of PATIENT_FACTS)
        for (const { cell } of labelled(text.rows, use.facts[fact])) {
          const other = compare(cell.text.slice(0, 500), patient.resource);
          // Of a birth to come another rule speaks.
          if (!other || (fact === 'birth date' && (readTime(other.says)?.from ?? 0) > now)) continue;
          const at: Pointer = join(patient.pointer, ...other.at);
          say(text.pointer, `The text says another ${fact} than the Patient, which says ${other.says}.`, {
            within: cell.within,
            related: [{ pointer: at, message: `The ${fact} of the Patient` }],
          });
        }
    }
  },
};

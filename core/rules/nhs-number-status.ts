import { join } from '../document/pointer';
import { codingsOf } from '../itk3/codings';
import { documentOf, patientOf } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import { isObject, list } from '../json';
import { NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** ITK3 allows numbers that are not verified, with more about the person; the guides of Emergency Supply do not. */
export const nhsNumberStatus: Rule = {
  id: 'nhs-number-status',
  severity: 'warning',
  asks: 'The NHS number in a document is traced and verified.',
  source: sourced('Digital Medicines 1.2.9, demographics; ITK3 Message Distribution 2.10.0, FHIR-PDS'),
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    const { patient: rules } = document?.useCase ?? {};
    const patient = document && patientOf(message, document);
    if (!patient || !rules) return;
    for (const { identifier, pointer } of identifiersOf(patient, [NHS_NUMBER_SYSTEM])) {
      const number = join(pointer, 'value');
      for (const [j, extension] of list(identifier.extension).entries()) {
        if (!isObject(extension) || extension.url !== rules.verification) continue;
        const concept = join(pointer, 'extension', j, 'valueCodeableConcept');
        for (const { coding, pointer: at } of codingsOf(extension.valueCodeableConcept, concept)) {
          if (coding.system !== rules.verified.system || coding.code === rules.verified.code) continue;
          // Another stage says which codes there are.
          if (
            typeof coding.code !== 'string' ||
            !knowledge.registry.codeSystem(coding.system)?.concepts.some((c) => c.code === coding.code)
          )
            continue;
          const { code, display } = rules.verified;
          const text =
            rules.absent.includes(coding.code) && identifier.value !== undefined
              ? `This says that there is no NHS number, but there is one: if it was traced, the status is ${code}, ${display}.`
              : `Only a traced and verified NHS number is sent: then the status is ${code}, ${display}.`;
          say(join(at, 'code'), text, {
            related: [{ pointer: number, message: 'The number' }],
            // Whether it was traced, only the sender knows.
            fixes: [
              {
                title: `Change to ${code}, ${display}`,
                sure: false,
                kind: 'set',
                pointer: at,
                value: { ...coding, code, display },
              },
            ],
          });
        }
      }
    }
  },
};

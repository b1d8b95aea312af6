import { join } from '../document/pointer';
import { codingsOf } from '../itk3/codings';
import { documentOf, guideOf } from '../itk3/document';
import type { Coded } from '../itk3/use-case';
import { isObject, type Json, list } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const documentKind: Rule = {
  id: 'document-kind',
  severity: 'warning',
  asks: 'The document type and the care setting are those of the kind of message.',
  source: sourced('GP Connect Emergency Supply 1.3.0, composition and example; ITK3 2.10.0, FHIR-DOC'),
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    const { useCase, composition } = document;
    const judge = (what: string, concept: unknown, at: string, codes: readonly Coded[], fixed?: string): void => {
      const codings = codingsOf(concept, at);
      const [right] = codes;
      // One coding of several may be of another code system.
      const isKnown = ({ coding: c }: { coding: Json }): boolean =>
        codes.some((k) => c.code === k.code && c.system === k.system);
      // A code without a system, or of another than the fixed one, is a matter of the profile.
      const first = codings.find(
        ({ coding: { code, system } }) =>
          typeof code === 'string' && typeof system === 'string' && system === (fixed ?? system),
      );
      if (!right || !first || codings.some(isKnown)) return;
      const wrong = codes.some((k) => k.code === first.coding.code) ? 'system' : 'code';
      const { pointer } = first;
      const text = `The ${what} in ${guideOf(useCase)} is ${right.code}, ${right.display}, of ${right.system}.`;
      const fix = {
        kind: 'set' as const,
        title: `Change to ${right.display}`,
        pointer,
        value: right,
      };
      say(join(pointer, wrong), text, { fixes: [fix] });
    };
    const { documentType: type, careSetting } = useCase;
    const codes = type ? [type.code, ...(type.alternatives ?? []).map((a) => a.code)] : [];
    judge('document type', composition.resource.type, join(composition.pointer, 'type'), codes);
    for (const [i, extension] of list(composition.resource.extension).entries())
      if (careSetting && isObject(extension) && extension.url === careSetting.extension)
        judge(
          'care setting',
          extension.valueCodeableConcept,
          join(composition.pointer, 'extension', i, 'valueCodeableConcept'),
          [careSetting.code],
          careSetting.code.system,
        );
  },
};

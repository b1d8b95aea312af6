import { join } from '../document/pointer';
import { documentOf, guideOf, inDocument } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import { ODS_SYSTEMS } from '../nhs/ods-code';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const organisationIdentity: Rule = {
  id: 'organisation-identity',
  severity: 'error',
  asks: 'Each organisation in the document has an ODS code and a name.',
  source: sourced('GP Connect Emergency Supply 1.3.0, organisation'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    for (const organisation of inDocument(message, document, 'Organization')) {
      const { resource, pointer } = organisation;
      const guide = guideOf(document.useCase);
      const coded = identifiersOf(organisation, ODS_SYSTEMS).length > 0;
      const missing = [...(coded ? [] : ['ODS code']), ...(resource.name === undefined ? ['name'] : [])];
      if (missing.length > 0)
        say(
          !coded && resource.identifier !== undefined && resource.name !== undefined
            ? join(pointer, 'identifier')
            : pointer,
          `This organisation has no ${missing.join(' and no ')}: ${guide} asks for an ODS code and a name.`,
          { part: 'key' },
        );
    }
  },
};

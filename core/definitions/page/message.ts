// A kind of message: what announces it, and the sections that its guide names.
import type { UseCase } from '../../itk3/use-case';
import type { Knowledge } from '../../knowledge';
import type { Content, Row } from './page';

export function messageRows(url: string, { registry, useCases }: Knowledge): Content | undefined {
  const message = registry.messageDefinition(url);
  if (!message) return undefined;
  const { event, focus, title, responses, assets } = message;
  const useCase = useCases.find(({ messageDefinition }) => messageDefinition === url);
  return {
    name: title ?? event.code,
    what: 'Message definition: a kind of message',
    facts: [
      ['Event', [event.code, event.display].filter(Boolean).join(' · ')],
      ['Of', event.system],
      ['Focus', focus && [focus.type, focus.profile].filter(Boolean).join(' · ')],
      ['Guide', useCase && `${useCase.guide.title} ${useCase.guide.version}`],
      ['Composition', useCase?.composition],
      ['Workflow', useCase && `${useCase.workflow.request}, answered with ${useCase.workflow.acknowledgement}`],
    ],
    rows: [
      ...(useCase ? sectionRows(useCase) : []),
      ...listed('Answered with', responses),
      ...listed('May be made of', assets),
    ],
  };
}

function sectionRows({ sections }: UseCase): Row[] {
  const width = Math.max(...sections.map(({ title }) => title.length));
  return [
    { text: 'Sections' },
    ...sections.flatMap(({ title, conformance, entry, code, rows }) => [
      {
        text: `  ${title.padEnd(width)}  ${conformance.padEnd(9)}  ${code.code}${entry === null ? '' : ` · ${entry}`}`,
      },
      ...(rows.length > 0 ? [{ text: `    ${rows.join(' · ')}` }] : []),
    ]),
    { text: '' },
  ];
}

function listed(heading: string, urls: readonly string[]): Row[] {
  return urls.length === 0 ? [] : [{ text: heading }, ...urls.map((url) => ({ text: `  ${url}` })), { text: '' }];
}

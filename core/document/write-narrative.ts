// The narrative of FHIR JSON, a text, as the div that it is in FHIR XML.
import { elementText } from './xml-characters';
import { XHTML } from './xml-narrative';
import { wellFormedness } from './xml-problems';
import { readXmlTree } from './xml-tree';

/**
 * The div to the letter; a narrative that is not well-formed XHTML would break all around it, so it becomes plain text.
 * @returns also what is told of it, one sentence, when it is not read back as it was
 */
export function narrativeAsXml(value: unknown): { text: string; told?: string } {
  if (typeof value !== 'string') return { text: '', told: 'The div is no text: it is left out of the XML.' };
  const text = value.replace(/\r\n?/g, '\n').trim();
  const { root, nodes, isPlain } = readXmlTree(text);
  const [problem] = isPlain ? [] : wellFormedness(text, () => '');
  if (problem || root?.name !== 'div' || root.prefix !== '') {
    const why = problem?.message ?? 'It is not one <div>.';
    return {
      text: `<div xmlns="${XHTML}">${elementText(text)}</div>`,
      told: `The narrative is no XHTML, so that its marks are written as plain text. ${why}`,
    };
  }
  const div = text.slice(root.start, root.end);
  if (nodes.length > 1)
    return { text: div, told: 'What stands around the div of the narrative is left out of the XML.' };
  if (root.uri !== XHTML)
    return { text: div, told: `The div says no namespace: without xmlns="${XHTML}" it is no XHTML in XML.` };
  return { text: div };
}

// The encoding that an XML declaration names: FHIR is UTF-8, and what was read as another may have lost its letters.
import { between, mend, type Slip } from './xml-slips';

const DECLARED = /^\uFEFF?<\?xml[^>]*?\sencoding\s*=\s*(["'])([^"'<>]*)\1/;

/** Text that has been read has no encoding any more, but the declaration goes with it wherever it is sent. */
export function checkEncoding(text: string): (Slip & { rule: string })[] {
  const [all, , name] = DECLARED.exec(text.slice(0, 300)) ?? [];
  if (all === undefined || name === undefined || /^(utf-?8|us-ascii|ascii)$/i.test(name)) return [];
  const end = all.length - 1;
  const isLost = text.includes('\uFFFD');
  return [
    {
      rule: 'xml-syntax',
      message: isLost
        ? `The declaration says ${name}, but FHIR is read as UTF-8 and letters were lost (U+FFFD): save the file as UTF-8.`
        : `The declaration says ${name}, but FHIR is always UTF-8: write encoding="UTF-8".`,
      span: between(end - name.length, end),
      mends: () => (isLost ? [] : [mend('Write UTF-8', [end - name.length, end, 'UTF-8'])]),
    },
  ];
}

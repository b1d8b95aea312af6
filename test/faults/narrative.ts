import type { Loose } from '../loose';
import { composition, type Fault } from './fault';

const PATH = 'Composition.section[0].text.div';

/** A change of the narrative of the first section. */
const within = (change: (div: string) => string) => (m: Loose) => {
  const { text } = composition(m).section[0];
  text.div = change(text.div as string);
};
/** Something put at the end of it. */
const put = (markup: string) => within((div) => div.replace(/<\/div>$/, `${markup}</div>`));

const fault = (
  rule: string,
  name: string,
  marks: string,
  change: Fault['change'],
  more: Partial<Fault> = {},
): Fault => ({
  name,
  change,
  rule,
  path: PATH,
  marks,
  ...more,
});
const NARRATIVE_XML = [
  fault('narrative-xml', 'an element that is not closed', 'b', put('<b>bold')),
  fault('narrative-xml', 'closing tags in the wrong order', 'i', put('<b><i>x</b></i>')),
  fault('narrative-xml', 'an entity of HTML', '&nbsp;', put('<p>a&nbsp;b</p>')),
  fault('narrative-xml', 'an ampersand as it is', '&', put('<p>salt & water</p>')),
  fault('narrative-xml', 'an attribute without quotes', 'width', put('<table width=100></table>')),
  fault('narrative-xml', 'a line break as HTML has it', 'br', put('<br>')),
  fault(
    'narrative-xml',
    'no namespace',
    'div',
    within((d) => d.replace(/ xmlns=("|')[^"']*\1/, '')),
  ),
  fault(
    'narrative-xml',
    'another namespace',
    'http://www.w3.org/1999/html',
    within((d) => d.replace('1999/xhtml', '1999/html')),
  ),
  fault(
    'narrative-xml',
    'a second div',
    '<',
    within((d) => `${d}<div>more</div>`),
  ),
  fault(
    'narrative-xml',
    'text after the div',
    'more',
    within((d) => `${d} more`),
  ),
  fault(
    'narrative-xml',
    'a declaration before the div',
    '<?',
    within((d) => `<?xml version="1.0"?>${d}`),
  ),
  fault(
    'narrative-xml',
    'plain text instead of a div',
    'Plain',
    within(() => 'Plain text'),
  ),
];
const NARRATIVE_CONTENT = [
  fault('narrative-content', 'an element that HTML 4.0 deprecates', 'font', put('<p><font>x</font></p>')),
  fault('narrative-content', 'an element of a later HTML', 'section', put('<section>x</section>')),
  fault('narrative-content', 'an element in capitals', 'P', put('<P>x</P>')),
  fault('narrative-content', 'an attribute that no narrative has', 'data-row', put('<p data-row="1">x</p>')),
  fault('narrative-content', 'an element on which sources differ', 'kbd', put('<kbd>x</kbd>'), { severity: 'warning' }),
  fault('narrative-content', 'another namespace inside', 'urn:x', put('<p xmlns="urn:x">x</p>')),
  fault('narrative-content', 'CDATA', '<![CDATA[', put('<p><![CDATA[x]]></p>'), { severity: 'warning' }),
];
const NARRATIVE_ACTIVE = [
  fault('narrative-active', 'a script', 'script', put('<script>x</script>')),
  fault('narrative-active', 'an event', 'onclick', put('<p onclick="x()">x</p>')),
  fault('narrative-active', 'a link that runs', 'javascript:', put('<a href="javascript:x()">x</a>')),
  fault(
    'narrative-active',
    'a style that loads',
    'background',
    put('<p style="background: url(http://example.org/x)">x</p>'),
  ),
  fault('narrative-active', 'a form', 'form', put('<form>x</form>')),
  fault('narrative-active', 'a frame', 'iframe', put('<iframe src="http://example.org/">x</iframe>')),
];
const NARRATIVE_LINK = [
  fault(
    'narrative-link',
    'a picture from elsewhere',
    'http://example.org/x.png',
    put('<img src="http://example.org/x.png"/>'),
    {
      severity: 'warning',
    },
  ),
  fault('narrative-link', 'a link to nothing', '#nowhere', put('<a href="#nowhere">x</a>'), { severity: 'warning' }),
  fault('narrative-link', 'a picture that is not contained', '#picture', put('<img src="#picture"/>'), {
    severity: 'warning',
  }),
];
const NARRATIVE_EMPTY = [
  fault(
    'narrative-empty',
    'an empty div',
    '"<div',
    within(() => '<div xmlns="http://www.w3.org/1999/xhtml"/>'),
  ),
  fault(
    'narrative-empty',
    'a div with space alone',
    '"<div',
    within(() => '<div xmlns="http://www.w3.org/1999/xhtml"> \n&#32;</div>'),
  ),
  fault(
    'narrative-empty',
    'a table with nothing in it',
    '"<div',
    within(() => '<div xmlns="http://www.w3.org/1999/xhtml"><table><tr><td/></tr></table></div>'),
  ),
];

export const NARRATIVE: Fault[] = [
  ...NARRATIVE_XML,
  ...NARRATIVE_CONTENT,
  ...NARRATIVE_ACTIVE,
  ...NARRATIVE_LINK,
  ...NARRATIVE_EMPTY,
];

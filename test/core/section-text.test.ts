import assert from 'node:assert/strict';
import { plainText, readRows } from '../../core/itk3/section-text';

describe('the text of a section', () => {
  const read = (html: string): string[][] => {
    const div = `<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>`;
    return readRows(div).map(({ label, cell: { text, within } }) => [
      label,
      text,
      div.slice(within.offset, within.offset + within.length),
    ]);
  };

  it('a label beside what it says', () =>
    assert.deepEqual(read('<table><tr><th>NHS number :</th><td> 999 000  0018 </td></tr></table>'), [
      ['nhs number', '999 000 0018', '999 000  0018'],
    ]));
  it('two labels in a line, and labels that are plain cells', () =>
    assert.deepEqual(
      read('<table><tr><th>A</th><td>1</td><th>B</th><td>2</td></tr><tr><td>C</td><td>3</td></tr></table>'),
      [
        ['a', '1', '1'],
        ['b', '2', '2'],
        ['c', '3', '3'],
      ],
    ));
  it('a line of labels over lines of cells', () =>
    assert.deepEqual(read('<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>'), [
      ['a', '1', '1'],
      ['b', '2', '2'],
    ]));
  it('paragraphs, entities and comments', () =>
    assert.deepEqual(
      read('<table><tr><th>A</th><td><p>x &amp; y</p><!-- <td> --><p>&#122;<b>!</b></p></td></tr></table>'),
      [['a', 'x & y z!', 'x &amp; y</p><!-- <td> --><p>&#122;<b>!']],
    ));
  it('an entity that there is not stays as it is', () =>
    assert.deepEqual(read('<table><tr><th>A</th><td>&toString;</td></tr></table>'), [
      ['a', '&toString;', '&toString;'],
    ]));
  it('an empty cell stands where it is', () =>
    assert.deepEqual(read('<table><tr><th>A</th><td></td></tr></table>'), [['a', '', '']]));
  it('tables in tables and cells that span are not read', () => {
    assert.deepEqual(
      read('<table><tr><th>A</th><td><table><tr><th>B</th><td>1</td></tr></table></td></tr></table>'),
      [],
    );
    assert.deepEqual(read('<table><tr><th rowspan="2">A</th><td>1</td></tr></table>'), []);
  });
  it('what breaks off is read as far as it goes', () => {
    assert.deepEqual(read('<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2'), [['a', '1', '1']]);
    assert.deepEqual(readRows('<table><tr><th>A</th><td'), []);
  });
  it('is plain', () => assert.equal(plainText('<div><p>a</p><p>b&lt;c</p></div>'), 'a b<c'));
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textOf } from '../../mesh/content-text';

describe('the content of a message as text', () => {
  it('is read as UTF-8, with or without its mark', () => {
    assert.equal(textOf(Buffer.from('Zoë £')), 'Zoë £');
    assert.equal(textOf(Buffer.from('\uFEFF{}')), '{}');
    assert.equal(textOf(Buffer.alloc(0)), '');
  });

  for (const [encoding, buffer] of [
    ['UTF-16', Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?><a b="Zoë"/>', 'utf16le')],
    ['UTF-16', Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?><a b="Zoë"/>', 'utf16le').swap16()],
    ['UTF-16', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a b="Zoë"/>', 'utf16le')],
    ['ISO-8859-1', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a b="Zoë"/>', 'latin1')],
    ['windows-1252', Buffer.from("<?xml version='1.0' encoding='windows-1252'?><a b=\"Zoë\"/>", 'latin1')],
  ] as const)
    it(`is read as ${encoding} where it says so: ${buffer.subarray(0, 4).toString('hex')}`, () => {
      const text = textOf(buffer) ?? '';
      assert.match(text, /^<\?xml version=.1\.0.( encoding=.UTF-8.)\?>/, 'what it is now');
      assert.ok(text.endsWith('<a b="Zoë"/>'));
    });

  it('is read as UTF-8 where it names what is not known, or what it cannot be', () => {
    for (const encoding of ['EBCDIC', 'UTF-16', 'iso-8859-99', 'UTF-8'])
      assert.ok(textOf(Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><a b="Zoë"/>`))?.endsWith('"Zoë"/>'));
  });

  it('is none where it is binary', () => {
    assert.equal(textOf(Buffer.from([1, 0, 2])), undefined);
    assert.equal(textOf(Buffer.from([0xc3]), { isStrict: true }), undefined);
    assert.equal(textOf(Buffer.from([0xc3])), '\uFFFD');
    assert.equal(textOf(Buffer.from([0x61, 0xc3]), { isStrict: true, isCut: true }), 'a');
  });

  it('never fails', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (bytes, isStrict) => void textOf(Buffer.from(bytes), { isStrict })),
    );
  });
});

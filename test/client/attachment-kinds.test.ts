import assert from 'node:assert/strict';
import { tabName } from '../../client/preview/attachment-kinds';

describe('the tab of an attachment', () => {
  const contentType = 'image/png';

  it('is called after its place in the message, never after its title', () => {
    const titled = {
      at: '/entry/6/resource/content/0/attachment/data',
      contentType,
      title: 'Letter about B. Testwell',
    };
    assert.equal(tabName(titled), 'Attachment 7-1.png');
    assert.equal(tabName({ ...titled, at: '/entry/6/resource/content/1/attachment/data' }), 'Attachment 7-2.png');
    assert.equal(tabName({ at: '/content', contentType: 'text/html' }), 'Attachment.txt');
  });
});

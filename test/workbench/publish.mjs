// The pictures that README.md shows, as WebP made by the browser that took them: a third of a PNG's size.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Sharp on a dense display, without weighing what a package of text should not. */
const WIDTH = 1600;
const QUALITY = 0.8;

/** Whether pictures are to be taken anew. They are taken at double size then. */
export const update = process.env.UPDATE === '1';

/**
 * Writes a picture to images/ when pictures are taken anew.
 * @param {import('playwright-core').Page} page any page of the browser
 * @param {string} file the PNG
 * @param {string | undefined} name of the picture in images/, without ending; undefined for one that nobody is shown
 */
export async function publish(page, file, name) {
  if (!update || !name) return;
  const maker = await page.context().browser().newPage();
  try {
    const source = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
    const made = await maker.evaluate(drawn, [source, WIDTH, QUALITY]);
    writeFileSync(path.join('images', `${name}.webp`), Buffer.from(made.split(',')[1], 'base64'));
  } finally {
    await maker.close();
  }
}

/** Runs in the page. */
async function drawn([source, width, quality]) {
  const picture = new Image();
  picture.src = source;
  await picture.decode();
  const canvas = Object.assign(document.createElement('canvas'), {
    width,
    height: Math.round((picture.height * width) / picture.width),
  });
  const drawing = canvas.getContext('2d');
  drawing.imageSmoothingQuality = 'high';
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', quality);
}

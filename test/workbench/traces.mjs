// What a session leaves behind: in files, in the browser's stores, and in what was shown. For a search for secrets.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ where: string, text: string }} Trace */

/** What is shown for a moment, and what stands in the views: each with the parts of the window it is read from. */
const SHOWN = {
  notification: '.notification-toast, .notifications-center .notification-list-item',
  dialog: '.monaco-dialog-box',
  question: '.quick-input-widget',
  view: ['Mailboxes', 'Sent'].map((title) => `.pane:has(> .pane-header[aria-label^="${title}"])`).join(),
  'status bar': '.part.statusbar',
  tabs: '.tabs-container',
};

/**
 * Writes down from now on every text that is shown in notifications, dialogs, questions and views. Must be called before
 * what is to be recorded.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<() => Trace[]>} what was shown so far
 */
export async function recordShown(page) {
  const shown = new Map();
  await page.exposeFunction('itk3Shown', (where, text) => void shown.set(`${where}\n${text}`, { where, text }));
  await page.evaluate((parts) => {
    const told = new Set();
    const look = () => {
      for (const [where, selector] of Object.entries(parts))
        for (const element of globalThis.document.querySelectorAll(selector)) {
          const plain = element.cloneNode(true);
          for (const style of plain.querySelectorAll('style')) style.remove();
          const labels = [...element.querySelectorAll('[aria-label]')].map((one) => one.getAttribute('aria-label'));
          const text = [plain.textContent, ...labels].join('\n');
          if (told.has(where + text)) continue;
          told.add(where + text);
          globalThis.itk3Shown(where, text);
        }
    };
    let planned = false;
    const plan = () => {
      if (planned) return;
      planned = true;
      // Not by frame: a window that is not drawn has none.
      globalThis.setTimeout(() => {
        planned = false;
        look();
      });
    };
    new globalThis.MutationObserver(plan).observe(globalThis.document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    look();
  }, SHOWN);
  return () => [...shown.values()];
}

/**
 * Every file below a folder, its name and its content.
 * @param {string} folder
 * @param {(name: string) => boolean} [wanted] by the path in the folder, with "/"
 * @returns {Trace[]}
 */
export function filesIn(folder, wanted = () => true) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, name: path.relative(folder, file).split(path.sep).join('/') }))
    .filter(({ name }) => wanted(name))
    .flatMap(({ file, name }) => {
      const bytes = readFileSync(file);
      return [{ where: name, text: `${name}\n${bytes.toString('utf8')}` }];
    });
}

/** What the browser keeps for VS Code: state of windows, recent files, logs, settings. @param {import('playwright-core').Page} page @returns {Promise<Trace[]>} */
export async function keptByBrowser(page) {
  return page.evaluate(async () => {
    const traces = [];
    const told = (value) => {
      if (typeof value === 'string') return value;
      if (value instanceof Uint8Array || value instanceof ArrayBuffer) return new TextDecoder().decode(value);
      return JSON.stringify(value) ?? '';
    };
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await globalThis.indexedDB.databases()) {
      const base = await done(globalThis.indexedDB.open(name));
      for (const store of base.objectStoreNames) {
        const all = base.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
        keys.forEach((key, i) =>
          traces.push({ where: `${name}/${store}/${String(key)}`, text: `${String(key)}\n${told(values[i])}` }),
        );
      }
      base.close();
    }
    for (const [where, store] of Object.entries({ localStorage, sessionStorage }))
      for (const [key, value] of Object.entries(store))
        traces.push({ where: `${where}/${key}`, text: `${key}\n${value}` });
    traces.push({ where: 'address', text: globalThis.location.href });
    return traces;
  });
}

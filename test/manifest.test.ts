// The manifest, the sources, the menus and the README agree. What is registered and run, the host's suite proves.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { isObject, list, object, text } from '../core/json';

const manifest = object(JSON.parse(fs.readFileSync('package.json', 'utf8')) as unknown);
const contributes = object(manifest.contributes);
const readme = fs.readFileSync('README.md', 'utf8');

const commands = list(contributes.commands).filter(isObject);
const ids = new Set(commands.map(({ command }) => String(command)));
const settings = object(object(contributes.configuration).properties);
const menus = Object.entries(object(contributes.menus)).flatMap(([menu, items]) =>
  list(items)
    .filter(isObject)
    .map(({ command, when, group }) => ({ menu, command, when, group })),
);
const views = Object.values(object(contributes.views)).flatMap((all) => list(all).filter(isObject));
const viewIds = new Set(views.map(({ id }) => String(id)));
const welcomes = list(contributes.viewsWelcome).filter(isObject);
const steps = list(contributes.walkthroughs)
  .filter(isObject)
  .flatMap((one) => list(one.steps).filter(isObject));

function sources(folder: string): { file: string; code: string }[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ file: path.join(folder, name), code: fs.readFileSync(path.join(folder, name), 'utf8') }));
}

const client = sources('client');
const server = sources('server');
/** The texts between quotes in the client, and the heads of its templates. */
const literals = client.flatMap(({ code }) =>
  [...code.matchAll(/['`]([\w.:-]+)(?:['`]|\$\{)/g)].map(([, one]) => one!),
);
const contextKeys = new Set(
  client.flatMap(({ code }) => [...code.matchAll(/'setContext',\s*'([\w.]+)'/g)].map(([, key]) => key!)),
);

/** Which settings the client asks for by name, and in which file. */
function readByClient(): Map<string, string> {
  const read = new Map<string, string>();
  for (const { file, code } of client) {
    const sections = [...code.matchAll(/getConfiguration\('(itk3[\w.]*)'/g)].map(([, section]) => section!);
    if (sections.length === 0) continue;
    for (const [, name] of code.matchAll(/\.(?:get|inspect)(?:<[^(]*>)?\(\s*'([\w.]+)'/g)) {
      const known = sections.map((section) => `${section}.${name!}`);
      const key = known.find((one) => one in settings) ?? known[0]!;
      read.set(key, file);
    }
    // A name that a function is given stands in the same file.
    for (const [, name] of code.matchAll(/'([\w.]+)'/g))
      for (const section of sections) if (`${section}.${name!}` in settings) read.set(`${section}.${name!}`, file);
  }
  return read;
}

/** The server is given the whole section, and takes from it what it needs. */
function isReadByServer(setting: string): boolean {
  const names = setting.split('.').slice(1);
  return server.some(
    ({ code }) => /section/.test(code) && names.every((name) => new RegExp(`[.{,]\\s*${name}\\b`).test(code)),
  );
}

/** `itk3.trace.server`: the library of the language client reads it by the client's name. */
const READ_BY_LIBRARY = ['itk3.trace.server'];

/** Each `itk3…` of a when clause, told by what stands before it. */
function namesIn(when: string): { kind: 'view' | 'item' | 'scheme' | 'setting' | 'key'; name: string }[] {
  const compared =
    /\b(view|viewItem|activeViewlet|resourceScheme|activeWebviewPanelId)\s*(?:==|!=|=~)\s*(\/[^/]*\/|[\w.-]+)/g;
  const found = [...when.matchAll(compared)].flatMap(([, what, to]) =>
    [...to!.replaceAll('\\', '').matchAll(/itk3[\w.-]*/g)].map(([name]) => ({
      kind: what === 'view' ? ('view' as const) : what === 'viewItem' ? ('item' as const) : ('scheme' as const),
      name: name.replace(/\.$/, ''),
    })),
  );
  const rest = when.replace(compared, '');
  return [
    ...found,
    ...[...rest.matchAll(/(config\.)?(itk3\.[\w.]+)/g)].map(([, config, name]) => ({
      kind: config ? ('setting' as const) : ('key' as const),
      name: name!,
    })),
  ];
}

const isThere = {
  view: (name: string) => viewIds.has(name),
  item: (name: string) => literals.some((one) => one.startsWith(name)),
  scheme: (name: string) => literals.some((one) => one.startsWith(name)),
  setting: (name: string) => name in settings,
  key: (name: string) => contextKeys.has(name),
};

function assertWhen(when: unknown, where: string): void {
  for (const { kind, name } of namesIn(text(when) ?? ''))
    assert.ok(isThere[kind](name), `${where}: no ${kind} is called ${name}`);
}

/** VS Code's own are not looked into. */
function assertCommand(command: unknown, where: string): void {
  const name = String(command);
  const focused = /^(.*)\.(?:focus|open)$/.exec(name)?.[1];
  if (name.startsWith('itk3.')) assert.ok(ids.has(name) || viewIds.has(focused ?? ''), `${where}: ${name}`);
}

const linked = (words: string): string[] => [...words.matchAll(/\(command:([\w.-]+)/g)].map(([, command]) => command!);

describe('the manifest', () => {
  it('has every command of the client’s table, and no other, in the same order, and so has the README', () => {
    const table = fs.readFileSync('client/commands.ts', 'utf8');
    const keys = [...table.matchAll(/^ {2}'(itk3\.\w+)':/gm)].map(([, id]) => id!);
    assert.deepEqual([...ids], keys);
    const told = fs.readFileSync('scripts/readme.mjs', 'utf8').split('const WHAT = {')[1] ?? '';
    assert.deepEqual(
      [...told.matchAll(/^ {2}'(itk3\.\w+)':/gm)].map(([, id]) => id),
      keys,
    );
  });

  it('names each command once, within its category, and the README tells of it', () => {
    const titles = commands.map(({ title }) => String(title));
    assert.equal(new Set(titles).size, titles.length);
    for (const { category, title } of commands) {
      assert.equal(category, 'ITK3');
      assert.ok(readme.includes(`| **ITK3: ${String(title)}**`), `${String(title)} is not in the README`);
    }
  });

  it('has every setting that is read, and no other; the README tells of each', () => {
    const read = readByClient();
    for (const name of Object.keys(settings)) {
      assert.ok(read.has(name) || isReadByServer(name) || READ_BY_LIBRARY.includes(name), `nobody reads ${name}`);
      assert.ok(readme.includes(`| \`${name}\``), `${name} is not in the README`);
    }
    for (const [name, file] of read) assert.ok(name in settings, `${file} reads ${name}, which is no setting`);
  });

  it('says of every setting what it does, and what holds without it', () => {
    for (const [name, setting] of Object.entries(settings)) {
      const { description, markdownDescription, default: unset } = object(setting);
      assert.ok(text(description ?? markdownDescription), name);
      assert.notEqual(unset, undefined, name);
    }
  });

  it('restricts settings that exist in folders that are not trusted', () => {
    const { restrictedConfigurations } = object(object(manifest.capabilities).untrustedWorkspaces);
    for (const name of list(restrictedConfigurations)) assert.ok(String(name) in settings, String(name));
  });

  it('names in menus and keybindings what exists', () => {
    for (const { menu, command, when } of menus) {
      assertCommand(command, menu);
      assertWhen(when, `${menu}, ${String(command)}`);
    }
    for (const { command, when } of list(contributes.keybindings).filter(isObject)) {
      assertCommand(command, 'keybindings');
      assertWhen(when, `keybinding of ${String(command)}`);
    }
    for (const { command, enablement } of commands) assertWhen(enablement, String(command));
  });

  it('gives a command an icon where it is shown as one', () => {
    const icons = new Map(commands.map(({ command, icon }) => [command, icon]));
    const asIcon = /^(navigation|inline)/;
    for (const { menu, command, group } of menus.filter((item) => /^(editor|view)\/(title|item)/.test(item.menu)))
      if (asIcon.test(text(group) ?? ''))
        assert.ok(icons.get(command), `${menu} shows ${String(command)} without icon`);
  });

  it('keeps commands that are about one thing of a list out of the palette, or says when they make sense there', () => {
    const aboutOne = menus.filter(
      ({ menu, when }) => menu.startsWith('view/item') && /itk3\\?\.(received|sent)/.test(text(when) ?? ''),
    );
    const elsewhere = new Set(menus.filter((item) => !aboutOne.includes(item)).map(({ command }) => command));
    for (const { command } of aboutOne)
      assert.ok(elsewhere.has(command), `${String(command)} stands in the palette always`);
  });

  it('has views in containers that exist, welcomes for views that exist, and links to commands that exist', () => {
    const containers = Object.values(object(contributes.viewsContainers)).flatMap((all) => list(all).filter(isObject));
    for (const { icon } of containers) assert.ok(fs.existsSync(String(icon)), String(icon));
    for (const container of Object.keys(object(contributes.views)))
      assert.ok(containers.some(({ id }) => id === container) || container === 'explorer', container);
    for (const { id, when } of views) assertWhen(when, String(id));
    for (const { view, when, contents } of welcomes) {
      assert.ok(viewIds.has(String(view)), String(view));
      assertWhen(when, `welcome of ${String(view)}`);
      for (const command of linked(String(contents))) assertCommand(command, `welcome of ${String(view)}`);
    }
  });

  it('leads through the first steps by commands, pictures and events that exist', () => {
    assert.ok(steps.length > 0);
    for (const { id, description, media, completionEvents, when } of steps) {
      const step = `step ${String(id)}`;
      const commandsOf = linked(String(description));
      assert.ok(commandsOf.length > 0, `${step} has no button`);
      for (const command of commandsOf) assertCommand(command, step);
      assertWhen(when, step);
      const picture = fs.readFileSync(String(object(media).svg), 'utf8');
      assert.doesNotMatch(picture, /#[\da-f]{3}|rgb\(/i, `${step}: the picture has a colour that no theme gave it`);
      assert.ok(text(object(media).altText), step);
      for (const event of list(completionEvents)) {
        const [kind = '', name = ''] = String(event).split(':');
        if (kind === 'onCommand') assertCommand(name, step);
        else if (kind === 'onView') assert.ok(viewIds.has(name), name);
        else assert.ok(kind === 'onContext' && contextKeys.has(name), String(event));
      }
    }
  });

  it('is shown in the README by pictures that are there', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file]) => file!);
    assert.ok(pictures.length > 0);
    for (const file of pictures) assert.ok(fs.existsSync(file), file);
  });

  it('shows settings in the order in which they stand here, and in the README', () =>
    assert.deepEqual(
      Object.values(settings).map((setting) => object(setting).order),
      Object.keys(settings).map((_, i) => i + 1),
    ));

  it('puts no two commands in the same place of a menu', () => {
    const places = menus
      .filter(({ group }) => /@\d+$/.test(text(group) ?? ''))
      .map(({ menu, when, group }) => `${menu} ${text(group) ?? ''} ${text(when) ?? ''}`);
    assert.deepEqual(
      places.filter((place, i) => places.indexOf(place) !== i),
      [],
    );
  });
});

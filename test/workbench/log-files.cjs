// Stands in for the compiled module by which VS Code writes its log files and fills output channels: without it a test
// could not see what is said there. Loaded into VS Code's processes by --require.
const { appendFileSync } = require('node:fs');
const Module = require('node:module');

class Logger {
  #file;
  #level = 0;
  #bare = false;

  constructor(_type, _name, file) {
    this.#file = file;
  }

  #write(level, message) {
    const head = this.#bare ? '' : `${new Date().toISOString().replace('T', ' ').slice(0, 23)} [${level}] `;
    try {
      appendFileSync(this.#file, this.#bare ? message : `${head}${message}\n`);
    } catch {
      // The folder goes away when the test ends.
    }
  }

  trace = (message) => this.#write('trace', message);
  debug = (message) => this.#write('debug', message);
  info = (message) => this.#write('info', message);
  warn = (message) => this.#write('warning', message);
  error = (message) => this.#write('error', message);
  critical = (message) => this.#write('critical', message);
  getLevel = () => this.#level;
  setLevel = (level) => void (this.#level = level);
  setPattern = () => undefined;
  clearFormatters = () => void (this.#bare = true);
  flush = () => undefined;
  drop = () => undefined;
}

const spdlog = { version: 1, setLevel: () => undefined, setFlushOn: () => undefined, Logger };
const load = Module._load;
Module._load = function (request, parent, ...others) {
  const asked = request === 'bindings' && /[\\/]spdlog[\\/]index\.js$/.test(parent?.filename ?? '');
  return asked ? () => spdlog : load.call(this, request, parent, ...others);
};

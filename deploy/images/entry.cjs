/** The image's entry: the first argument names a process, the rest are its own. In one process, so that signals reach it. */
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const main = (name) => join(__dirname, 'apps', name, 'dist', 'main.js');
const services = readdirSync(join(__dirname, 'apps')).filter((name) => name !== 'cli' && existsSync(main(name)));
const files = {
  ...Object.fromEntries(services.map((name) => [name, main(name)])),
  slipway: main('cli'),
  install: join(__dirname, 'libs', 'embedded', 'dist', 'installation', 'main.js'),
};

const [, , name, ...rest] = process.argv;
const file = Object.hasOwn(files, name ?? '') ? files[name] : undefined;
if (file === undefined) {
  const known = Object.keys(files).join(', ');
  const asked = name === undefined || name === '--help';
  process.stderr.write(`The first argument names what to run: ${known}.${asked ? '' : ` There is no '${name}'.`}\n`);
  process.exit(asked ? 0 : 64);
}
process.argv = [process.argv[0], file, ...rest];
require(file);

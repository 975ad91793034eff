/** `npm run slipway -- ...`: the command line client as it was built last; built when it never was. After a change to it: `npm run build`. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { ensureReady, repository } from './workspace.mjs';

const main = join(repository, 'apps', 'cli', 'dist', 'main.js');
if (!existsSync(main)) await ensureReady();
process.env.SLIPWAY_DATA_DIR ??= join(repository, '.slipway');
await import(main);

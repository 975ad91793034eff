/** `npm run generate [-- --check]`: writes the OpenAPI document, the typed client and the AsyncAPI document anew from the code. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, say, step } from './progress.mjs';
import { ensureReady, repository, run } from './workspace.mjs';

const checking = process.argv.includes('--check');
await ensureReady();

/** The program prints the document; the file keeps it. */
const DOCUMENTS = [
  { name: 'OpenAPI', program: 'apps/gateway/dist/openapi/print-openapi.js', file: 'libs/api-client/openapi.json' },
  { name: 'AsyncAPI', program: 'libs/contracts/dist/asyncapi/print-asyncapi.js', file: 'docs/asyncapi.json' },
];

for (const { name, program, file } of DOCUMENTS) {
  if (!existsSync(join(repository, program))) continue;
  await step(name, async () => {
    const fresh = await run(process.execPath, [program]);
    const path = join(repository, file);
    const stale = !existsSync(path) || readFileSync(path, 'utf8') !== fresh;
    if (stale && checking) fail(`${file} is stale; run: npm run generate`);
    if (stale) writeFileSync(path, fresh);
  });
}
await step('API client', () => run(process.execPath, ['libs/api-client/generate.mjs', ...(checking ? ['--check'] : [])]));
say(checking ? 'Everything generated is up to date.' : 'Done; commit what changed.');

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

it('the generated types are what openapi.json gives', async () => {
  await expect(promisify(execFile)(process.execPath, [join(__dirname, '../generate.mjs'), '--check'])).resolves.toBeDefined();
});

// Writes src/generated/schema.ts from openapi.json. `--check` writes nothing and exits 1 when the file is out of date.
// `--document <file>` takes over a new document first (print it with apps/gateway/dist/openapi/print-openapi.js).
import { readFileSync, writeFileSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const document = join(here, 'openapi.json');
const output = join(here, 'src/generated/schema.ts');
const flag = process.argv.indexOf('--document');
if (flag > 0) copyFileSync(process.argv[flag + 1], document);

const HEADER = '/** Generated from openapi.json by generate.mjs (`npm run generate`); do not edit. */\n';
const text = HEADER + astToString(await openapiTS(JSON.parse(readFileSync(document, 'utf8')), { alphabetize: true, immutable: false }));

if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text) {
    process.stderr.write('src/generated/schema.ts is not what openapi.json gives; run npm run generate\n');
    process.exit(1);
  }
} else {
  mkdirSync(join(here, 'src/generated'), { recursive: true });
  writeFileSync(output, text);
}

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXT = /\.(js|css|svg|json)$/;

/** Vite plugin: leaves a gzip and a brotli copy beside every text asset, for a server that sends them as they are. */
export const precompress = () => ({
  name: 'slipway:precompress',
  apply: 'build',
  writeBundle({ dir }) {
    for (const name of readdirSync(join(dir, 'assets'))) {
      if (!TEXT.test(name)) continue;
      const file = join(dir, 'assets', name);
      const bytes = readFileSync(file);
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    }
  },
});

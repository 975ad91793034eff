import { ensureKeysAndTokens } from '../data-directory/keys';
import { dataDirectory } from '../data-directory/layout';

ensureKeysAndTokens(dataDirectory(process.argv[2]!)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

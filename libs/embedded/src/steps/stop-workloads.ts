import { stopHost } from '@slipway/runtime-process';

stopHost({ dataDir: process.argv[2]!, keepWorkloads: false }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

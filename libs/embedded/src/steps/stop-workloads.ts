import { ProcessRuntimeTarget } from '@slipway/runtime-process';

new ProcessRuntimeTarget({ dataDir: process.argv[2]! }).stopHost({ keepWorkloads: false }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

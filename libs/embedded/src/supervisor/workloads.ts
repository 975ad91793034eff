import { join } from 'node:path';
import type { DataDirectory } from '../data-directory/layout';
import { runStep } from './preparation';

/** Ends the deployed processes and their host; the host's journal brings them back at the next start. */
export async function stopWorkloads(data: DataDirectory): Promise<void> {
  await runStep('stop-workloads', [join(data.root, 'runtime')], {});
}

import { dataDirectory } from '../data-directory/layout';
import { clearLeftovers } from '../supervisor/leftovers';
import { isSupervised, leftovers, readStatus } from '../supervisor/status';
import { stopWorkloads } from '../supervisor/workloads';
import { stopSupervisor } from './up';
import type { Terminal } from './terminal';

/** Stops everything, deployed workloads included; keeps the data. */
export async function down(directory: string, terminal: Terminal): Promise<void> {
  const data = dataDirectory(directory);
  const status = readStatus(data.statusFile);
  const ran = isSupervised(status);
  if (ran) {
    terminal.line(`Stopping Slipway at ${status.url} ...`);
    await stopSupervisor(status);
  }
  const left = leftovers(readStatus(data.statusFile));
  if (left.length > 0) {
    terminal.line(`Ending what a killed supervisor left: ${left.map((entry) => entry.name).join(', ')}`);
    await clearLeftovers(status);
    await stopWorkloads(data);
  }
  if (!ran && left.length === 0) terminal.line('Slipway does not run here.');
  else terminal.line('Stopped. The data is kept; `npm run up` starts again.');
}

import { readFileSync } from 'node:fs';
import { dataDirectory } from '../data-directory/layout';
import { isSupervised, leftovers, readStatus, type ProcessStatus } from '../supervisor/status';
import { table } from './table';
import { bold, type Terminal } from './terminal';

/** Proportional set size where Linux tells it: what ending the process would give back, shared pages divided. */
export function memoryMb(pid: number): number | undefined {
  const read = (file: string, key: string): number | undefined => {
    try {
      const kb = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1];
      return kb === undefined ? undefined : Number(kb) / 1024;
    } catch {
      return undefined;
    }
  };
  return read('smaps_rollup', 'Pss') ?? read('status', 'VmRSS');
}

const rowOf = (entry: ProcessStatus): string[] => {
  const memory = entry.identity ? memoryMb(entry.identity.pid) : undefined;
  return [
    entry.name,
    entry.identity ? String(entry.identity.pid) : '-',
    entry.port === null ? '-' : String(entry.port),
    memory === undefined ? '-' : `${memory.toFixed(0)} MB`,
    entry.ready ? 'yes' : 'no',
    entry.state,
    String(entry.restarts),
    entry.start_ms === null ? '-' : `${(entry.start_ms / 1000).toFixed(1)} s`,
    entry.last_exit ?? '',
  ];
};

/** A table of processes. @returns 0 when everything is ready, 3 when nothing runs, 1 otherwise. */
export function showStatus(directory: string, terminal: Terminal): number {
  const data = dataDirectory(directory);
  const status = readStatus(data.statusFile);
  if (!isSupervised(status)) {
    const left = leftovers(status);
    terminal.line(`Slipway does not run on ${data.root}. Start it with: npm run up`);
    if (left.length > 0)
      terminal.line(`A killed supervisor left: ${left.map((entry) => `${entry.name} (pid ${entry.identity?.pid})`).join(', ')}`);
    return 3;
  }
  terminal.line(
    `${bold(terminal, 'Slipway')} at ${status.url} is ${status.state}; data in ${status.data_directory}; supervisor pid ${status.supervisor.pid}`,
  );
  terminal.line();
  const heading = ['PROCESS', 'PID', 'PORT', 'MEMORY', 'READY', 'STATE', 'RESTARTS', 'STARTED IN', 'LAST EXIT'];
  for (const line of table([heading, ...status.processes.map(rowOf)])) terminal.line(line);
  return status.state === 'ready' ? 0 : 1;
}

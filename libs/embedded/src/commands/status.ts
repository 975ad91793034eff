import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dataDirectory } from '../data-directory/layout';
import { isSupervised, leftovers, readStatus, type ProcessStatus } from '../supervisor/status';
import { adminClient, type DemoOptions } from '../demo/deploy-demo';
import { table } from './table';
import { bold, type Terminal } from './terminal';

/** Child processes of all, e.g. PostgreSQL's backends, by parent. */
function children(): ReadonlyMap<number, number[]> {
  const byParent = new Map<number, number[]>();
  const pids = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  for (const pid of pids) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      byParent.set(parent, [...(byParent.get(parent) ?? []), Number(pid)]);
    } catch {
      continue;
    }
  }
  return byParent;
}

/** Memory of a process and of all that descend from it. */
export function familyMemoryMb(pid: number, byParent = children()): number | undefined {
  const own = memoryMb(pid);
  if (own === undefined) return undefined;
  return (byParent.get(pid) ?? []).reduce((sum, child) => sum + (familyMemoryMb(child, byParent) ?? 0), own);
}

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
  const memory = entry.identity ? familyMemoryMb(entry.identity.pid) : undefined;
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

/** A table of processes, or the supervisor's own document. @returns 0 when everything is ready, 3 when nothing runs, 1 otherwise. */
export async function showStatus(directory: string, terminal: Terminal, json = false): Promise<number> {
  const data = dataDirectory(directory);
  const status = readStatus(data.statusFile);
  if (json) {
    const running = isSupervised(status);
    terminal.line(JSON.stringify(running ? status : { state: 'stopped', data_directory: data.root }, null, 2));
    return running ? (status.state === 'ready' ? 0 : 1) : 3;
  }
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
  await showSlots({ dataDirectory: directory, url: status.url }, terminal);
  return status.state === 'ready' ? 0 : 1;
}

/** What is deployed where; nothing when the platform does not answer. */
async function showSlots(options: DemoOptions, terminal: Terminal): Promise<void> {
  const answer = await adminClient(options)
    .GET('/api/v1/deploy/slots', { params: { query: { limit: 50 } } })
    .catch(() => undefined);
  const slots = answer?.data?.items ?? [];
  if (slots.length === 0) return;
  const rows = slots.map(({ project_id: project, service_name: service, artifact_version: version, url, hold, drift }) => [
    `${project}/${service}`,
    version ?? '-',
    url ?? '-',
    hold ? `held by ${hold.by}: ${hold.reason}` : '-',
    drift,
  ]);
  terminal.line();
  for (const line of table([['SLOT', 'VERSION', 'URL', 'HOLD', 'DRIFT'], ...rows])) terminal.line(line);
}

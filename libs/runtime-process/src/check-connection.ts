import { createServer } from 'node:net';
import type { Check, ProcessConnection } from '@slipway/contracts';
import type { ConnectionReport } from '@slipway/runtime-target';
import type { HostClient } from './client/host-client';

const MAX_PROBED_PORTS = 50;

/** Whether slots can live here: a sane port range with a free port in it, and a host that starts and answers. */
export async function checkConnection(connection: ProcessConnection, host: HostClient): Promise<ConnectionReport> {
  const checks: Check[] = [rangeCheck(connection)];
  if (checks[0]?.result !== 'fail') checks.push(await freePortCheck(connection));
  checks.push(await hostCheck(host));
  return { ok: checks.every(({ result }) => result !== 'fail'), checks, versions: { node: process.version } };
}

function rangeCheck({ port_from, port_to }: ProcessConnection): Check {
  const name = 'port-range';
  if (port_from > port_to) return { name, result: 'fail', message: `port_from ${port_from} is above port_to ${port_to}.` };
  return { name, result: 'pass', message: `${port_to - port_from + 1} ports, so as many slots.` };
}

async function freePortCheck({ host, port_from, port_to }: ProcessConnection): Promise<Check> {
  const name = 'free-port';
  for (let port = port_from; port <= Math.min(port_to, port_from + MAX_PROBED_PORTS - 1); port++) {
    if (await canListen(host, port)) return { name, result: 'pass', message: `Port ${port} is free.` };
  }
  return {
    name,
    result: 'warn',
    message: `None of the first ${MAX_PROBED_PORTS} ports from ${port_from} on is free; slots that have theirs already are not affected.`,
  };
}

async function hostCheck(host: HostClient): Promise<Check> {
  try {
    const { pid } = await host.ensureHost();
    return { name: 'host', result: 'pass', message: `The host answers (pid ${pid}).` };
  } catch (error) {
    return { name: 'host', result: 'fail', message: error instanceof Error ? error.message : String(error) };
  }
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

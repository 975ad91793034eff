import { createServer } from 'node:net';

/** Replicas listen below the kernel's ephemeral range, so that no outgoing connection takes their port first. */
const REPLICA_PORTS = { from: 15_000, to: 29_999 };

/** True when nobody on this machine listens on the port at any IPv4 address. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '0.0.0.0', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A free port for a replica, none of `reserved`. */
export async function freeReplicaPort(reserved: (port: number) => boolean): Promise<number> {
  const span = REPLICA_PORTS.to - REPLICA_PORTS.from + 1;
  const start = Math.floor(Math.random() * span);
  for (let offset = 0; offset < span; offset++) {
    const port = REPLICA_PORTS.from + ((start + offset) % span);
    if (!reserved(port) && (await isPortFree(port))) return port;
  }
  throw new Error('no free port between 15000 and 29999 for a replica');
}

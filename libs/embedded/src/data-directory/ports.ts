import { freePorts, isPortFree } from '@slipway/local-servers';
import { readJson, writeJson } from './files';
import type { DataDirectory } from './layout';

export type Ports = Readonly<Record<string, number>>;

/** The ports of earlier starts where they are still free, so that addresses stay; free ones for the rest. */
export async function assignPorts(data: DataDirectory, names: readonly string[]): Promise<Ports> {
  const stored = readJson<Ports>(data.portsFile) ?? {};
  const kept = await Promise.all(
    names.map(async (name) => {
      const port = stored[name];
      return port !== undefined && (await isPortFree(port)) ? port : undefined;
    }),
  );
  const fresh = await freePorts(kept.filter((port) => port === undefined).length);
  const ports = Object.fromEntries(names.map((name, index) => [name, kept[index] ?? fresh.pop()!]));
  writeJson(data.portsFile, { ...stored, ...ports });
  return ports;
}

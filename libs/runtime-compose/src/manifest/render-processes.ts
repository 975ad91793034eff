import { SlipwayError } from '@slipway/contracts';
import { servingProcess, type ResolvedApplication, type ResolvedProcess } from '@slipway/runtime-target';
import type { ComposeManifest, ComposeService } from './compose-manifest';

const DEFAULT_PORT = 8080;

/** The neutral form as Compose services. */
export function renderProcesses(application: ResolvedApplication): ComposeManifest {
  const serving = servingProcess(application);
  const processes = Object.entries(application.processes);
  return {
    runtime: 'compose',
    application,
    services: Object.fromEntries(processes.map(([name, process]) => [name, serviceOf(name, process, application)])),
    scale: Object.fromEntries(processes.map(([name, { replicas }]) => [name, replicas])),
    kept: processes.filter(([, process]) => hasData(process)).map(([name]) => name),
    volumes: [...new Set(processes.flatMap(([, { volumes }]) => volumes.map(({ name }) => name)))].sort(),
    serving:
      serving === undefined
        ? null
        : { service: serving, port: portOf(application.processes[serving]!), ...probesOf(application.processes[serving]!) },
  };
}

const hasData = ({ volumes }: ResolvedProcess): boolean => volumes.some(({ read_only }) => !read_only);
const portOf = ({ container_port }: ResolvedProcess): number => container_port ?? DEFAULT_PORT;

function probesOf({ probes: { startup, readiness } }: ResolvedProcess): Partial<NonNullable<ComposeManifest['serving']>> {
  return { ...(startup && { startup }), ...(readiness && { readiness }) };
}

function serviceOf(name: string, process: ResolvedProcess, { artifact }: ResolvedApplication): ComposeService {
  if (process.image === null) {
    const message = `Process ${name} has no image: Compose runs containers. Add 'image: name@sha256:...' to it.`;
    throw new SlipwayError('manifest_refused', message, { field: `processes.${name}.image` });
  }
  const resources = resourcesOf(process);
  return {
    image: escaped(process.image),
    ...(process.command.length > 0 && { entrypoint: process.command.map(escaped), command: [] }),
    environment: environmentOf(process, artifact.version),
    init: true,
    restart: 'unless-stopped',
    stop_grace_period: `${process.stop_grace_ms}ms`,
    ...(process.volumes.length > 0 && {
      volumes: process.volumes.map((volume) => ({
        type: 'volume',
        source: volume.name,
        target: escaped(volume.mount_path),
        ...(volume.read_only && { read_only: true }),
      })),
    }),
    ...(Object.keys(resources).length > 0 && { deploy: { resources } }),
  };
}

function environmentOf(process: ResolvedProcess, version: string): Record<string, string> {
  const plain = {
    ...(process.port && { PORT: String(portOf(process)) }),
    ...(!hasData(process) && versionOf(version)),
    ...process.env,
  };
  const entries = Object.entries(plain).map(([key, value]) => [key, escaped(String(value))] as const);
  const secrets = Object.keys(process.secrets).map((secret) => [secret, `\${${secret}}`] as const);
  return Object.fromEntries([...entries, ...secrets]);
}

/** What runs once for all releases is not told the version of each: that alone would replace it at every release. */
export const versionOf = (version: string): Readonly<Record<string, string>> => ({ SLIPWAY_ARTIFACT_VERSION: version });

function resourcesOf({ resources }: ResolvedProcess): Record<string, unknown> {
  const limits = amounts(resources.cpu_limit_millis, resources.memory_limit_mib);
  const reservations = amounts(undefined, resources.memory_request_mib);
  return { ...(limits && { limits }), ...(reservations && { reservations }) };
}

function amounts(cpuMillis: number | undefined, memoryMib: number | undefined): Record<string, string> | undefined {
  if (cpuMillis === undefined && memoryMib === undefined) return undefined;
  return {
    ...(cpuMillis !== undefined && { cpus: String(cpuMillis / 1000) }),
    ...(memoryMib !== undefined && { memory: `${memoryMib}M` }),
  };
}

/** Compose's own escape of a dollar. */
export const escaped = (text: string): string => text.replaceAll('$', '$$$$');

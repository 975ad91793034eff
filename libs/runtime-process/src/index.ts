export { ProcessRuntimeTarget, type ProcessRuntimeOptions, type WorkloadLogLine, type WorkloadLogOptions } from './process-runtime-target';
export type { ProcessManifest } from './manifest';
export type { HostHealth } from './protocol';

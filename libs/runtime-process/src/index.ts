export { ProcessRuntimeTarget, type ProcessRuntimeOptions } from './process-runtime-target';
export type { ProcessManifest } from './manifest';
export type { HostHealth } from './protocol';

export { ComposeRuntimeTarget, type ComposeRuntimeOptions } from './compose-runtime-target';
export type { ComposeManifest, ComposeService } from './manifest/compose-manifest';

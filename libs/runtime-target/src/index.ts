export * from './runtime-target';
export type { RuntimeHarness, SampleArtifact, SampleBehaviour } from './conformance/harness';
export { runtimeConformance } from './conformance/runtime-conformance';
export { ask, Load, type LoadReport } from './conformance/load';
export { Scenario, until } from './conformance/scenario';
export { BLUE_GREEN, CANARY, ROLLING } from './conformance/strategies';

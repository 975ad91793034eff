import { runtimeConformance } from '@slipway/runtime-target';
import { ProcessHarness } from './testing/process-harness';

runtimeConformance('process', () => Promise.resolve(new ProcessHarness()));

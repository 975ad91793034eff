import { runtimeConformance } from '@slipway/runtime-target';
import { ProcessHarness } from './testing/process-harness';

const cannot = {
  'be-tampered-with': 'its workloads are processes of the host alone; changed files are examined in workloads.int.spec.ts',
};

runtimeConformance('process', () => Promise.resolve(new ProcessHarness()), { cannot });

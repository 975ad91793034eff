export type { Answer, Ask } from './endpoint-checks';
export { lookUntil } from './look-until';
export { figuresOf, missingReplicas, replicasOf } from './release-replicas';
export { verificationCheck } from './verification-check';
export { verifyByEndpoints } from './verify-by-endpoints';
export type { ReleaseFigures } from './watch-window';

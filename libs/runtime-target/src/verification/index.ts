export { verificationCheck } from './verification-check';
export { healthCheck, smokeCheck, type Answer, type Ask } from './endpoint-checks';
export { lookUntil } from './look-until';
export { missingReplicas, replicasOf } from './missing-replicas';
export { watchCheck, type ReleaseFigures } from './watch-window';

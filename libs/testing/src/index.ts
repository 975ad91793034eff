export * from './eventually';
export * from './servers/kubernetes';
export * from './servers/kubernetes-cluster';
export * from './servers/nats';
export * from './servers/postgres';
export * from './servers/test-run';

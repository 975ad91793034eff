export * from './runtime-target';

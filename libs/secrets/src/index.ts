export * from './credential-store';
export * from './in-memory-bucket';
export * from './redactor';
export * from './seal';
export * from './secret-bucket';
export * from './secret-keys';
export * from './secret-store';

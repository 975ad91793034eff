export * from './pack-directory';

export * from './actor';
export * from './chromium';
export * from './load';
export * from './run-log';
export * from './sample-artifact';
export * from './start-platform';

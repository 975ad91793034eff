export * from './actor';
export * from './load';
export * from './sample-artifact';
export * from './start-platform';
export * from './chromium';

export * from './broker';
export * from './caller';
export * from './hosted-service';
export * from './servers';

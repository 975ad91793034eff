import type { FactoryProvider } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { RuntimeExecutorConfig } from '../runtime-executor.config';
import { runtimeProviders } from './runtime.providers';
import { runtimeFor, RUNTIMES, type Runtimes } from './runtimes';

const complaints = (given: string): unknown[] =>
  validateSync(plainToInstance(RuntimeExecutorConfig, { SLIPWAY_RUNTIMES: given }))
    .filter(({ property }) => property === 'SLIPWAY_RUNTIMES')
    .map(({ constraints }) => constraints);

describe('the runtimes of an executor', () => {
  const provider = runtimeProviders.find((one) => 'provide' in one && one.provide === RUNTIMES) as FactoryProvider<Runtimes>;
  const runtimes = (given?: string): Runtimes => {
    const config = Object.assign(
      new RuntimeExecutorConfig(),
      { SLIPWAY_DATA_DIR: '/nowhere' },
      given !== undefined && { SLIPWAY_RUNTIMES: given },
    );
    return provider.useFactory(config, { resolve: () => Promise.reject(new Error('nowhere')) }, undefined) as Runtimes;
  };

  it('are those of other machines unless the operator says more', () => {
    expect([...runtimes().keys()]).toEqual(['k8s', 'compose']);
    expect([...runtimes('process').keys()]).toEqual(['process']);
  });

  it('say what to do about one that is off', () => {
    expect(() => runtimeFor(runtimes('k8s'), 'process')).toThrow(
      "Targets of runtime 'process' are switched off here; use k8s, or have the operator add 'process' to SLIPWAY_RUNTIMES of the executor.",
    );
  });

  it('are words that exist', () => {
    expect(complaints('k8s,compose,process')).toEqual([]);
    expect(complaints('kubernetes')).toEqual([{ matches: 'SLIPWAY_RUNTIMES must be a comma-separated list of k8s, compose and process' }]);
    expect(complaints('')).toHaveLength(1);
  });
});

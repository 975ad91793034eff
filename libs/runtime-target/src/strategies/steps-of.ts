import type { ResolvedStrategy } from '@slipway/contracts';
import type { MetricWatchOf } from '../metrics/metric-watch';
import type { Step } from '../steps';
import { blueGreenSteps } from './blue-green';
import { canarySteps } from './canary';
import { prepareStep } from './prepare';
import { rollingSteps } from './rolling';
import type { ChangeOf, Scale } from './slot-control';

/** The steps of a strategy for a runtime that runs releases side by side in a slot. `preparation`: the first step's title. */
export function strategySteps(
  strategy: ResolvedStrategy,
  full: Scale,
  changeOf: ChangeOf,
  watches: MetricWatchOf,
  preparation: string,
): readonly Step[] {
  const prepare = prepareStep(changeOf, preparation);
  switch (strategy.type) {
    case 'rolling':
      return [prepare, ...rollingSteps(full, strategy.batch_size, changeOf)];
    case 'blue-green':
      return [prepare, ...blueGreenSteps(changeOf)];
    case 'canary':
      return [prepare, ...canarySteps(strategy, changeOf, watches)];
  }
}

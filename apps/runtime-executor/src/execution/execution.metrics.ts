import { Injectable } from '@nestjs/common';
import { Metrics } from '@slipway/service-kit';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { RunMeter } from './run/run.ports';
import type { Executor } from './work/executor';
import type { WorkIntake } from './work/work-intake';

const STEP_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

/** Prometheus metrics of executions, of this process. */
@Injectable()
export class ExecutionMetrics implements RunMeter {
  private readonly steps: Histogram<'step' | 'outcome'>;
  private readonly ends: Counter<'end'>;

  constructor(private readonly metrics: Metrics) {
    const registers = [metrics.registry];
    this.steps = new Histogram({
      name: 'slipway_execution_step_seconds',
      help: 'Time that steps took at their target, by step and outcome',
      labelNames: ['step', 'outcome'],
      buckets: STEP_SECONDS,
      registers,
    });
    this.ends = new Counter({
      name: 'slipway_executions_left_total',
      help: 'Executions that this executor ended, paused or handed back',
      labelNames: ['end'],
      registers,
    });
  }

  step(step: string, outcome: string, seconds: number): void {
    this.steps.observe({ step, outcome }, seconds);
  }

  left(end: string): void {
    this.ends.inc({ end });
  }

  follow(executor: Executor, intake: WorkIntake): void {
    const registers = [this.metrics.registry];
    new Gauge({
      name: 'slipway_executions_held',
      help: 'Executions that this executor carries out or waits for',
      registers,
      collect() {
        this.set(executor.load);
      },
    });
    new Gauge({
      name: 'slipway_executions_carried_out',
      help: 'Executions that this executor carries out; those that wait for their environment do not count',
      registers,
      collect() {
        this.set(executor.carried);
      },
    });
    new Gauge({
      name: 'slipway_executor_work_pending',
      help: 'Events of the log that ask for an execution and that no executor has yet',
      registers,
      async collect() {
        // Unreachable: the last value stays, and readiness says what is wrong.
        await intake.pending().then(
          (pending) => this.set(pending),
          () => undefined,
        );
      },
    });
  }
}

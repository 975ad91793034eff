import { Inject, Injectable } from '@nestjs/common';
import type { RuntimeType } from '@slipway/contracts';
import { checkPrometheus, withChecks, type ConnectionReport, type NetworkPolicy, type TargetAccess } from '@slipway/runtime-target';
import { NETWORK, runtimeFor, RUNTIMES, type Runtimes } from '../runtime/runtimes';

/** Tries a target, and the Prometheus that has its figures; changes nothing at either. */
@Injectable()
export class ConnectionCheck {
  constructor(
    @Inject(RUNTIMES) private readonly runtimes: Runtimes,
    @Inject(NETWORK) private readonly network: NetworkPolicy,
  ) {}

  /** @throws SlipwayError `runtime_off` for a runtime that the operator has not switched on */
  requireRuntime(runtime: RuntimeType): void {
    runtimeFor(this.runtimes, runtime);
  }

  /** @throws SlipwayError as `requireRuntime` */
  async of(runtime: RuntimeType, access: TargetAccess): Promise<ConnectionReport> {
    const target = runtimeFor(this.runtimes, runtime);
    const [report, prometheus] = await Promise.all([target.checkConnection(access), checkPrometheus(access, this.network)]);
    return withChecks(report, prometheus);
  }
}

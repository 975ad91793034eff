import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, ConnectionReportView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetTargetReport } from './get-target-report.query';

@Controller()
export class GetTargetReportController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'get-target-report')
  async get(
    @RpcBody() body: RpcRequest<'provisioning', 'get-target-report'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ConnectionReportView>> {
    return answer(await this.queries.execute(new GetTargetReport(body, caller)));
  }
}

import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, SlotDiagnosisView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetSlotDiagnosis } from './get-slot-diagnosis.query';

@Controller()
export class GetSlotDiagnosisController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'get-slot-diagnosis')
  async get(
    @RpcBody() body: RpcRequest<'runtime-executor', 'get-slot-diagnosis'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<SlotDiagnosisView>> {
    return answer(await this.queries.execute(new GetSlotDiagnosis(body, caller)));
  }
}

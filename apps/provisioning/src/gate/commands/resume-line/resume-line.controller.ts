import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GateView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ResumeLine } from './resume-line.command';

@Controller()
export class ResumeLineController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'resume-line')
  async resume(@RpcBody() body: RpcRequest<'provisioning', 'resume-line'>, @Caller() caller: CallerContext): Promise<Answer<GateView>> {
    const { view, position } = await this.commands.execute(new ResumeLine(body, caller));
    return answer(view, position);
  }
}

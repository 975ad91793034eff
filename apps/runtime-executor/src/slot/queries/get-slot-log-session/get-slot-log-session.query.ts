import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RpcRequest, RpcResponse } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import { SlotDirectory } from '../../slot.directory';
import { SlotScenes } from '../../slot-scene';
import { followOptions, logLineView } from '../get-slot-logs/log-line.view';
import { SlotLogSessions } from './slot-log-sessions';

export class GetSlotLogSession extends Query<RpcResponse<'runtime-executor', 'get-slot-log-session'>> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'get-slot-log-session'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Begins to follow what the slot's workloads write, for one follower. */
@QueryHandler(GetSlotLogSession)
export class GetSlotLogSessionHandler implements IQueryHandler<GetSlotLogSession> {
  constructor(
    private readonly slots: SlotDirectory,
    private readonly scenes: SlotScenes,
    private readonly sessions: SlotLogSessions,
  ) {}

  async execute({ request, caller }: GetSlotLogSession): Promise<{ slot_id: string; session: string }> {
    const row = await this.slots.find(request, caller);
    const scene = await this.scenes.open(row, caller);
    const redaction = this.scenes.redactionOf(row);
    const session = this.sessions.open(
      (signal) => scene.runtime.followLogs(scene.access, row.slotId, followOptions(request, true), signal),
      (line) => logLineView(line, redaction),
    );
    return { slot_id: row.slotId, session };
  }
}

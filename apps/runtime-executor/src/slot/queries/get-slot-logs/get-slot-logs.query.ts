import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RpcRequest, SlotLogLine, SlotLogsView } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import { SlotDirectory } from '../../slot.directory';
import { SlotScenes } from '../../slot-scene';
import { followOptions, logLineView } from './log-line.view';

export class GetSlotLogs extends Query<SlotLogsView> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'get-slot-logs'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

const MAX_LINES = 2000;
const LONGEST_MS = 8000;

/** The last lines that the slot's workloads wrote, 2000 at most. */
@QueryHandler(GetSlotLogs)
export class GetSlotLogsHandler implements IQueryHandler<GetSlotLogs> {
  constructor(
    private readonly slots: SlotDirectory,
    private readonly scenes: SlotScenes,
  ) {}

  async execute({ request, caller }: GetSlotLogs): Promise<SlotLogsView> {
    const row = await this.slots.find(request, caller);
    const scene = await this.scenes.open(row, caller);
    const redaction = this.scenes.redactionOf(row);
    const lines: SlotLogLine[] = [];
    const options = followOptions(request, false);
    for await (const line of scene.runtime.followLogs(scene.access, row.slotId, options, AbortSignal.timeout(LONGEST_MS))) {
      lines.push(await logLineView(line, redaction));
      if (lines.length >= MAX_LINES) break;
    }
    return { slot_id: row.slotId, lines };
  }
}

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { AuditEvent, TimelineEntry } from '@slipway/contracts';
import { In, Repository } from 'typeorm';
import { AuditEventRow } from '../audit-log/projections/audit-events/audit-event.row';
import type { TimelineEntryRow } from './projections/timeline/timeline-entry.row';

/** The entries of places on a timeline, out of the audit log, in the order of the log. */
@Injectable()
export class TimelineEntries {
  constructor(@InjectRepository(AuditEventRow) private readonly events: Repository<AuditEventRow>) {}

  async at(places: readonly Pick<TimelineEntryRow, 'position'>[]): Promise<TimelineEntry[]> {
    const rows = await this.events.find({
      select: { position: true, entry: true },
      where: { position: In(places.map(({ position }) => position)) },
      order: { position: 'ASC' },
    });
    return rows.map(({ entry }) => timelineEntryOf(entry));
  }
}

/** What the timeline shows of an event of the audit log. */
function timelineEntryOf(event: AuditEvent): TimelineEntry {
  const { project_id: _, team_id: _1, environment_id: _2, correlation_id: _3, causation_id: _4, preview_ref: _5, ...entry } = event;
  return entry;
}

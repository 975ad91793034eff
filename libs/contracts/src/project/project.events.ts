import { Type } from 'typebox';
import { Closed, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { IdSchema, NameSchema } from '../platform/names';

export const projectEvents = {
  'project.created': Closed({ name: NameSchema, title: Text(200), team_id: Type.Union([IdSchema, Type.Literal('_')]) }),
  'project.updated': Closed({ title: Text(200) }),
};
export type ProjectEvent = EventsOf<typeof projectEvents>;
export type NewProjectEvent = NewEventsOf<typeof projectEvents>;

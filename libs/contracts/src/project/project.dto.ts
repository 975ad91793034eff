import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { IdSchema, NameSchema, TimestampSchema } from '../platform/names';

export const CreateProjectSchema = Closed({ name: NameSchema, title: Type.Optional(Text(200)), team: Type.Optional(NameSchema) });
export type CreateProject = Static<typeof CreateProjectSchema>;
export const UpdateProjectSchema = Closed({ title: Text(200) });
export type UpdateProject = Static<typeof UpdateProjectSchema>;

export const ProjectViewSchema = Closed({
  project_id: IdSchema,
  name: NameSchema,
  title: Type.String(),
  team_id: Type.String(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type ProjectView = Static<typeof ProjectViewSchema>;

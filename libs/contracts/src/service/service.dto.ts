import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { SERVICE_KINDS } from './service.events';

export const CreateServiceSchema = Closed({
  project: RefSchema,
  name: NameSchema,
  title: Type.Optional(Text(200)),
  kind: Type.Optional(Type.Enum([...SERVICE_KINDS])),
});
export type CreateService = Static<typeof CreateServiceSchema>;
export const UpdateServiceSchema = Closed({ title: Text(200) });
export type UpdateService = Static<typeof UpdateServiceSchema>;
export const ServiceViewSchema = Closed({
  service_id: IdSchema,
  project_id: IdSchema,
  name: NameSchema,
  title: Type.String(),
  kind: Type.Enum([...SERVICE_KINDS]),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type ServiceView = Static<typeof ServiceViewSchema>;

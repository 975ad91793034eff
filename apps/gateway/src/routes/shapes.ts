import { Closed, NameSchema, Nullable, RefSchema, Text } from '@slipway/contracts';
import { Type, type TObject, type TSchema } from 'typebox';

/** Parameters and queries that many routes share. */
export const ById = Closed({ id: RefSchema });
/** A name can only be looked up in a project. */
export const InProject = Closed({ project: Type.Optional(NameSchema) });
export const InProjectWithReason = Closed({ ...InProject.properties, reason: Type.Optional(Text(1000)) });

export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'Entries a page; default 50' })),
  cursor: Type.Optional(Text(200, { description: '`next_cursor` of the page before' })),
};
/** Of a log: a page ends sooner where its lines are long. */
export const pagingLines = {
  ...paging,
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 2_000, description: 'Lines a page, or fewer where they are long; default 200' }),
  ),
};
export const PageOfProject = Closed({ project: Type.Optional(NameSchema), ...paging });

/** A page of a list; `next_cursor` is null on the last. */
export const PageOf = (item: TSchema): TObject => Closed({ items: Type.Array(item), next_cursor: Nullable(Type.String()) });
export const ListOf = (item: TSchema): TObject => Closed({ items: Type.Array(item) });

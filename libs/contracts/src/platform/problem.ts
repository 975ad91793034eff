import { Type, type Static } from 'typebox';
import { Closed } from './envelope';
import { ERROR_CODES } from './errors';

/** An error over HTTP: RFC 9457, `application/problem+json`, with a stable `code` and the `request_id` to quote. */
export const ProblemSchema = Closed({
  type: Type.String({ description: 'URI reference of the kind of problem' }),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  code: Type.Enum(Object.keys(ERROR_CODES)),
  detail: Type.String({ description: 'What is wrong, and what to do next' }),
  instance: Type.String(),
  request_id: Type.String(),
  errors: Type.Optional(
    Type.Array(Closed({ path: Type.String(), message: Type.String() }), { description: 'What is wrong where, of a malformed request' }),
  ),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Facts for programs, by code' })),
});
export type Problem = Static<typeof ProblemSchema>;

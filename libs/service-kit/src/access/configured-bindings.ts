import { readFileSync } from 'node:fs';
import {
  canonicalJson,
  Closed,
  deriveId,
  environmentId,
  NAME_PATTERN,
  NameSchema,
  NONE,
  Text,
  type BindingScope,
} from '@slipway/contracts';
import Ajv from 'ajv/dist/2020';
import { Type, type Static } from 'typebox';
import type { KnownBinding } from './directory.state';

/** A row of SLIPWAY_OIDC_ROLES_FILE: a group of the provider has a role on the platform, in a team's projects, in a project or in an environment. */
const GroupRoles = Type.Array(
  Closed({
    group: Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$' }),
    role: NameSchema,
    team: Type.Optional(NameSchema),
    project: Type.Optional(NameSchema),
    environment: Type.Optional(Text(63, { pattern: NAME_PATTERN, description: 'Name in the project' })),
  }),
  { maxItems: 1_000 },
);
type GroupRole = Static<typeof GroupRoles>[number];

/** @throws Error naming what is wrong with the file: a mapping that is read half would give half of the access. */
export function configuredBindings(file: string | undefined): KnownBinding[] {
  if (file === undefined) return [];
  const rows: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const validate = new Ajv({ strict: false }).compile<GroupRole[]>(GroupRoles);
  if (!validate(rows))
    throw new Error(`${file}${validate.errors?.[0]?.instancePath ?? ''} ${validate.errors?.[0]?.message ?? 'is not valid'}`);
  return rows.map((row) => ({
    id: deriveId('binding', 'configuration', canonicalJson(row)),
    role: row.role,
    subject: { kind: 'group', ref: row.group },
    scope: scopeOf(row, file),
    source: 'configuration',
    createdBy: 'configuration',
    createdAt: null,
  }));
}

function scopeOf({ team, project, environment }: GroupRole, file: string): BindingScope {
  const mixed = (team !== undefined && project !== undefined) || (environment !== undefined && project === undefined);
  if (mixed) throw new Error(`${file}: a row names a team, or a project, or a project and its environment`);
  return {
    kind: environment !== undefined ? 'environment' : project !== undefined ? 'project' : team !== undefined ? 'team' : 'platform',
    team_id: team ?? NONE,
    project_id: project ?? NONE,
    environment_id: environment === undefined ? NONE : environmentId(project!, environment),
  };
}

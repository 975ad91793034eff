import { Injectable } from '@nestjs/common';
import { isDerivedId, isName, requireProject, SlipwayError, unknownResource, type AggregateRef, type ById } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { DataSource } from 'typeorm';

/** Kinds with a read model of their own here; `table` and its key say where a lone id finds its project. */
const KINDS = {
  service: { projection: 'service-list', lookup: 'SELECT project_id FROM service WHERE service_id = $1' },
  change: { projection: 'change-list', lookup: 'SELECT project_id FROM change WHERE change_id = $1' },
  artifact: { projection: 'artifact-list', lookup: 'SELECT project_id FROM artifact WHERE artifact_id = $1' },
  group: { projection: 'group-list', lookup: 'SELECT project_id FROM release_group WHERE group_id = $1' },
  intent: { projection: 'intent-list', lookup: 'SELECT project_id FROM intent WHERE intent_id = $1' },
  release: { projection: 'release-list', lookup: 'SELECT project_id FROM release WHERE release_id = $1' },
} as const;
export type Kind = keyof typeof KINDS;
type IdOfName = (projectId: string, name: string) => string;

const REMEMBERED = 20_000;

/** Finds where an aggregate lives from what a caller gives: an id alone, or an id or a name with the project. */
@Injectable()
export class ResourceDirectory {
  /** A resource never changes its project, so what was found once stays true. */
  private readonly projects = new Map<string, string>();

  constructor(
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * @throws SlipwayError `unknown_resource` also for what is outside the caller's projects; `invalid_reference` for a name
   * without a project.
   */
  async locate(kind: Kind, { id, project }: ById, caller: CallerContext, idOfName?: IdOfName): Promise<AggregateRef> {
    if (!isName(id)) throw unknownResource(kind, id);
    const projectId = project ?? (await this.projectOf(kind, id, caller));
    requireProject(caller.principal, projectId, kind, id);
    if (isDerivedId(id)) return { projectId, type: kind, id };
    if (!idOfName) throw unknownResource(kind, id);
    return { projectId, type: kind, id: idOfName(projectId, id) };
  }

  /** Spares a following command the look-up, and the wait for the read model. */
  remember({ id, projectId }: AggregateRef): void {
    this.projects.delete(id);
    this.projects.set(id, projectId);
    if (this.projects.size > REMEMBERED) this.projects.delete(this.projects.keys().next().value!);
  }

  private async projectOf(kind: Kind, id: string, caller: CallerContext): Promise<string> {
    if (!isDerivedId(id)) return onlyProject(kind, id, caller);
    const known = this.projects.get(id);
    if (known) return known;
    await this.readModels.waitFor(KINDS[kind].projection, caller.minPosition);
    const [row] = await this.source.query<{ project_id: string }[]>(KINDS[kind].lookup, [id]);
    if (!row) throw unknownResource(kind, id);
    this.remember({ id, projectId: row.project_id, type: kind });
    return row.project_id;
  }
}

function onlyProject(kind: Kind, name: string, { principal }: CallerContext): string {
  const [project, ...others] = principal.projects;
  if (project !== undefined && project !== '*' && others.length === 0) return project;
  throw new SlipwayError('invalid_reference', `'${name}' is a name; say in which project, or give the ${kind}'s id.`, {
    resource_type: kind,
    ref: name,
  });
}

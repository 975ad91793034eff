import {
  Closed,
  ENVIRONMENT_TYPES,
  IdSchema,
  NameSchema,
  Nullable,
  RefSchema,
  RUNTIME_TYPES,
  SERVICE_KINDS,
  serviceId,
  resolveRef,
  Text,
  TimestampSchema,
  VersionSchema,
  type ArtifactView,
  type EnvironmentView,
  type Page,
  type ServiceView,
  type SlotView,
  type TargetView,
} from '@slipway/contracts';
import { Type, type Static } from 'typebox';
import { defineTool, type Tool } from './tool';
import { environmentOf, type ToolBench } from './tool-bench';
import { cleanText, Untrusted } from './untrusted';

export const ProjectInput = { project: Type.Optional(NameSchema) };
export const LimitInput = { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, description: 'Default 20' })) };
export const CursorInput = { cursor: Type.Optional(Text(200, { description: '`next_cursor` of the page before' })) };
export const NextCursor = { next_cursor: Nullable(Text(500)) };

const ServiceBrief = Closed({
  service_id: IdSchema,
  project_id: IdSchema,
  name: NameSchema,
  kind: Type.Enum([...SERVICE_KINDS]),
  untrusted_title: Untrusted('title', 200),
});
const serviceBrief = (view: ServiceView): Static<typeof ServiceBrief> => ({
  service_id: view.service_id,
  project_id: view.project_id,
  name: view.name,
  kind: view.kind,
  untrusted_title: cleanText(view.title, 200),
});

const SlotBrief = Closed({
  slot_id: IdSchema,
  service: NameSchema,
  environment_id: IdSchema,
  target_id: IdSchema,
  release_id: Nullable(IdSchema),
  artifact_version: Nullable(VersionSchema),
  url: Nullable(Text(300)),
  held: Type.Boolean({ description: 'Nothing is applied here until a person resumes the slot' }),
  untrusted_hold_reason: Nullable(Untrusted('comment', 300)),
  drift: Type.Enum(['none', 'drifted', 'unknown']),
  deployed_at: Nullable(TimestampSchema),
});
const slotBrief = (view: SlotView): Static<typeof SlotBrief> => ({
  slot_id: view.slot_id,
  service: view.service_name,
  environment_id: view.environment_id,
  target_id: view.target_id,
  release_id: view.release_id,
  artifact_version: view.artifact_version,
  url: view.url,
  held: view.hold !== null,
  untrusted_hold_reason: view.hold && cleanText(view.hold.reason, 300),
  drift: view.drift,
  deployed_at: view.deployed_at,
});

const slotsOf = (bench: ToolBench, query: object): Promise<Page<SlotView>> => bench.call('listSlots', { query });

export const findTools: readonly Tool[] = [
  defineTool({
    name: 'find_services',
    title: 'Find services',
    description: 'Lists the deployable services of a project by name. Start here when only a service’s name is known.',
    effect: 'read',
    routes: ['listServices'],
    input: Closed({ ...ProjectInput, ...LimitInput, ...CursorInput }),
    output: Closed({ services: Type.Array(ServiceBrief, { maxItems: 50 }), ...NextCursor }),
    run: async ({ limit = 20, ...rest }, bench) => {
      const page = await bench.call<Page<ServiceView>>('listServices', { query: { limit, ...rest } });
      return { services: page.items.map(serviceBrief), next_cursor: page.next_cursor };
    },
  }),
  defineTool({
    name: 'describe_service',
    title: 'Describe a service',
    description: 'One service: which version of it runs where, and its newest artifacts that could be deployed.',
    effect: 'read',
    routes: ['getService', 'listSlots', 'listArtifacts', 'listProjects'],
    input: Closed({ service: RefSchema, ...ProjectInput }),
    output: Closed({
      service: ServiceBrief,
      running: Type.Array(SlotBrief, { maxItems: 50 }),
      newest_artifacts: Type.Array(Closed({ artifact_id: IdSchema, version: VersionSchema, registered_at: TimestampSchema }), {
        maxItems: 10,
      }),
    }),
    run: async ({ service, project: given }, bench) => {
      const project = await bench.project(given);
      const id = resolveRef(service, (name) => serviceId(project, name));
      const [view, slots, artifacts] = await Promise.all([
        bench.call<ServiceView>('getService', { params: { id }, query: { project } }),
        slotsOf(bench, { project, service: id, limit: 50 }),
        bench.call<Page<ArtifactView>>('listArtifacts', { query: { project, service: id, limit: 10 } }),
      ]);
      return {
        service: serviceBrief(view),
        running: slots.items.map(slotBrief),
        newest_artifacts: artifacts.items.map(({ artifact_id, version, registered_at }) => ({ artifact_id, version, registered_at })),
      };
    },
  }),
  defineTool({
    name: 'find_targets',
    title: 'Find environments and targets',
    description: 'Lists the environments of a project with their targets: where something can be deployed. Production waits for a person.',
    effect: 'read',
    routes: ['listEnvironments', 'listTargets', 'listProjects'],
    input: Closed({ ...ProjectInput, environment: Type.Optional(RefSchema) }),
    output: Closed({
      environments: Type.Array(
        Closed({
          environment_id: IdSchema,
          name: NameSchema,
          type: Type.Enum([...ENVIRONMENT_TYPES]),
          targets: Type.Array(Closed({ target_id: IdSchema, name: NameSchema, runtime_type: Type.Enum([...RUNTIME_TYPES]) }), {
            maxItems: 50,
          }),
        }),
        { maxItems: 50 },
      ),
    }),
    run: async ({ project: given, environment }, bench) => {
      const project = await bench.project(given);
      const wanted = environmentOf(project, environment);
      const [environments, targets] = await Promise.all([
        bench.call<Page<EnvironmentView>>('listEnvironments', { query: { project, limit: 50 } }),
        bench.call<Page<TargetView>>('listTargets', { query: { project, limit: 200 } }),
      ]);
      const shown = environments.items.filter(({ environment_id }) => wanted === undefined || environment_id === wanted);
      return {
        environments: shown.map(({ environment_id, name, type }) => ({
          environment_id,
          name,
          type,
          targets: targets.items
            .filter((target) => target.environment_id === environment_id)
            .slice(0, 50)
            .map(({ target_id, name: targetName, runtime_type }) => ({ target_id, name: targetName, runtime_type })),
        })),
      };
    },
  }),
  defineTool({
    name: 'find_running',
    title: 'Which version runs where',
    description: 'What runs now, by service and environment: version, release, hold, drift.',
    effect: 'read',
    routes: ['listSlots', 'listProjects'],
    input: Closed({
      ...ProjectInput,
      environment: Type.Optional(RefSchema),
      service: Type.Optional(RefSchema),
      ...LimitInput,
      ...CursorInput,
    }),
    output: Closed({ slots: Type.Array(SlotBrief, { maxItems: 50 }), ...NextCursor }),
    run: async ({ project: given, environment, service, limit = 20, cursor }, bench) => {
      const project = await bench.project(given);
      const id = service && resolveRef(service, (name) => serviceId(project, name));
      const query = { project, environment: environmentOf(project, environment), service: id, limit, cursor };
      const page = await slotsOf(bench, query);
      return { slots: page.items.map(slotBrief), next_cursor: page.next_cursor };
    },
  }),
];

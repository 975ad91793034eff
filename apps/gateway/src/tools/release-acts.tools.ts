import {
  Closed,
  IdSchema,
  NameSchema,
  RefSchema,
  STRATEGY_TYPES,
  Text,
  VariableName,
  VersionSchema,
  type PreviewView,
  type ReleaseView,
} from '@slipway/contracts';
import { Type } from 'typebox';
import { ProjectInput } from './find.tools';
import { PreviewBriefSchema, previewBrief } from './preview-brief';
import { ReleaseBriefSchema, releaseBrief } from './release-brief';
import { defineTool, type Tool } from './tool';

const OnceInput = {
  idempotency_key: Type.Optional(
    Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$', maxLength: 200, description: 'Repeat a call with the same key and it is done once' }),
  ),
};
const ReleaseInput = { release_id: IdSchema, ...ProjectInput };
const ReasonInput = { reason: Type.Optional(Text(1000, { description: 'Why; people read it in the timeline and the inbox' })) };
/** Unlike over REST no secret value: what a model was told is no secret any more. */
const Variables = Type.Record(VariableName, Type.Union([Text(8192), Closed({ secret_ref: NameSchema })]), {
  maxProperties: 50,
  additionalProperties: false,
  description: 'Plain values, or {"secret_ref": name} of a secret that the environment holds',
});

/** Everything that changes something. None approves: that is for people, in the inbox. */
export const releaseActTools: readonly Tool[] = [
  defineTool({
    name: 'preview_release',
    title: 'Preview a release',
    description:
      'Drafts a deployment: ordered actions, diff against what runs, checks, risk, approval needed. Runs nothing. Its preview_ref is what apply_release quotes.',
    effect: 'propose',
    routes: ['previewRelease', 'listProjects'],
    input: Closed({
      ...ProjectInput,
      service: RefSchema,
      artifact: Type.Union([RefSchema, VersionSchema], { description: 'Version of the service, or artifact id' }),
      environment: RefSchema,
      target: Type.Optional(RefSchema),
      strategy: Type.Optional(Type.Enum([...STRATEGY_TYPES])),
      variables: Type.Optional(Variables),
      ...ReasonInput,
      ...OnceInput,
    }),
    output: PreviewBriefSchema,
    run: async ({ project: given, idempotency_key, ...draft }, bench) => {
      const project = await bench.project(given);
      return previewBrief(
        await bench.call<PreviewView>('previewRelease', { body: { ...draft, project } }, { idempotencyKey: idempotency_key }),
      );
    },
  }),
  defineTool({
    name: 'apply_release',
    title: 'Apply a previewed release',
    description:
      'Runs the draft that preview_ref names. Where policy asks for approval (production), it opens a ticket and waits for a person instead.',
    effect: 'act',
    routes: ['applyRelease'],
    input: Closed({ ...ReleaseInput, preview_ref: Text(100, { description: 'Of the preview that was reviewed' }), ...OnceInput }),
    output: Closed({ release: ReleaseBriefSchema }),
    run: async ({ release_id: id, project, preview_ref, idempotency_key }, bench) => {
      const parts = { params: { id }, query: { project }, body: { preview_ref } };
      return { release: releaseBrief(await bench.call<ReleaseView>('applyRelease', parts, { idempotencyKey: idempotency_key })) };
    },
  }),
  defineTool({
    name: 'roll_back_release',
    title: 'Roll a release back',
    description:
      'Brings back what ran in the slot before this release, and holds the slot until a person resumes it. In production a person approves first.',
    effect: 'undo',
    routes: ['rollbackRelease'],
    input: Closed({ ...ReleaseInput, ...ReasonInput, ...OnceInput }),
    output: Closed({ release: ReleaseBriefSchema }),
    run: async ({ release_id: id, project, reason, idempotency_key }, bench) => {
      const parts = { params: { id }, query: { project }, body: { reason } };
      return { release: releaseBrief(await bench.call<ReleaseView>('rollbackRelease', parts, { idempotencyKey: idempotency_key })) };
    },
  }),
  defineTool({
    name: 'cancel_release',
    title: 'Cancel a release',
    description: 'Withdraws a release that has not ended: its request for approval, or what is under way.',
    effect: 'undo',
    routes: ['cancelRelease'],
    input: Closed({ ...ReleaseInput, ...ReasonInput, ...OnceInput }),
    output: Closed({ release: ReleaseBriefSchema }),
    run: async ({ release_id: id, project, reason, idempotency_key }, bench) => {
      const parts = { params: { id }, query: { project }, body: { reason } };
      return { release: releaseBrief(await bench.call<ReleaseView>('cancelRelease', parts, { idempotencyKey: idempotency_key })) };
    },
  }),
];

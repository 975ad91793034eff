import { Closed, DigestSchema, PERMISSIONS, RISK_LEVELS, Text, TimestampSchema, type PreviewView } from '@slipway/contracts';
import { Type, type Static } from 'typebox';
import { ReleaseBriefSchema, releaseBrief } from './release-brief';
import { cleanJson, cleanText, Untrusted } from './untrusted';

const SHOWN = 40;

/** A draft as tools show it: what will happen in order, what changes, checks, risk, what approval it needs. The manifest is a resource. */
export const PreviewBriefSchema = Closed({
  release: ReleaseBriefSchema,
  expires_at: TimestampSchema,
  manifest_digest: DigestSchema,
  manifest_resource: Text(200),
  actions_total: Type.Integer(),
  actions: Type.Array(
    Closed({
      ordinal: Type.Integer(),
      verb: Type.Enum(['create', 'update', 'recreate', 'delete', 'start', 'stop', 'route', 'run', 'verify', 'none']),
      one_way: Type.Boolean({ description: 'Cannot be undone by a rollback' }),
      untrusted_summary: Untrusted('manifest', 300),
    }),
    { maxItems: SHOWN },
  ),
  diff_total: Type.Integer(),
  diff: Type.Array(
    Closed({
      op: Type.Enum(['add', 'remove', 'replace']),
      untrusted_path: Untrusted('manifest', 200),
      untrusted_before: Type.Optional(Untrusted('manifest', 200)),
      untrusted_after: Type.Optional(Untrusted('manifest', 200)),
    }),
    { maxItems: SHOWN },
  ),
  checks: Type.Array(Closed({ result: Type.Enum(['pass', 'warn', 'fail']), untrusted_message: Untrusted('manifest', 400) }), {
    maxItems: SHOWN,
  }),
  risk: Closed({ level: Type.Enum([...RISK_LEVELS]), untrusted_reasons: Type.Array(Untrusted('manifest', 300), { maxItems: SHOWN }) }),
  approval: Closed({
    required: Type.Boolean(),
    permission: Type.Enum([...PERMISSIONS]),
    quorum: Type.Integer(),
    four_eyes: Type.Boolean(),
    untrusted_rule: Untrusted('title', 300),
  }),
});

export function previewBrief(view: PreviewView): Static<typeof PreviewBriefSchema> {
  const { preview } = view;
  const { required, permission, quorum, four_eyes, rule } = preview.approval;
  return {
    release: releaseBrief(view),
    expires_at: preview.expires_at,
    manifest_digest: preview.manifest_digest,
    manifest_resource: `slipway://releases/${view.release_id}/manifest`,
    actions_total: preview.actions.length,
    actions: preview.actions.slice(0, SHOWN).map(({ ordinal, verb, one_way, kind, name, summary }) => ({
      ordinal,
      verb,
      one_way,
      untrusted_summary: cleanText(`${kind} ${name}: ${summary}`, 300),
    })),
    diff_total: preview.diff.length,
    diff: preview.diff.slice(0, SHOWN).map(({ op, path, before, after }) => ({
      op,
      untrusted_path: cleanText(path, 200),
      ...(before === undefined ? {} : { untrusted_before: cleanJson(before, 200) }),
      ...(after === undefined ? {} : { untrusted_after: cleanJson(after, 200) }),
    })),
    checks: preview.checks.slice(0, SHOWN).map(({ name, result, message }) => ({
      result,
      untrusted_message: cleanText(`${name}: ${message}`, 400),
    })),
    risk: { level: preview.risk.level, untrusted_reasons: preview.risk.reasons.slice(0, SHOWN).map((reason) => cleanText(reason, 300)) },
    approval: { required, permission, quorum, four_eyes, untrusted_rule: cleanText(rule, 300) },
  };
}

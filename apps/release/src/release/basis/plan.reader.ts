import { Injectable } from '@nestjs/common';
import { BlobStore } from '@slipway/blob-store';
import { canonicalJson, digestOf, sha256, type PlanRelease, type ReleasePlan } from '@slipway/contracts';
import { RpcClient, type CallerContext } from '@slipway/service-kit';

export interface StoredPlan {
  readonly plan: ReleasePlan;
  /** Of the manifest, which is in the blob store. */
  readonly manifestDigest: string;
}
/** What the target was seen to run moves at its own pace; an observation this old is as good as a new one to a person. */
const FRESH_MS = 1_000;
const REMEMBERED = 200;

/**
 * The runtime's part of a draft: the exact manifest, actions and diff against live state. Same content into the same slot,
 * nothing deployed there since, asked again within a second: the same plan. A plan with a failed check is never kept.
 */
@Injectable()
export class PlanReader {
  private readonly plans = new Map<string, { readonly plan: Promise<StoredPlan>; readonly at: number }>();

  constructor(
    private readonly rpc: RpcClient,
    private readonly blobs: BlobStore,
  ) {}

  /** @param versions what the plan depends on besides the request: positions of slot and target. */
  plan(request: PlanRelease, versions: readonly number[], caller: CallerContext): Promise<StoredPlan> {
    const { artifact_digest, slot_id, strategy, variables } = request.subject;
    const key = `${slot_id} ${artifact_digest} ${versions.join(' ')} ${digestOf([strategy, variables])}`;
    const known = this.plans.get(key);
    if (known && performance.now() - known.at < FRESH_MS) return known.plan;
    const plan = this.ask(request, caller);
    this.remember(key, plan);
    return plan;
  }

  private async ask(request: PlanRelease, caller: CallerContext): Promise<StoredPlan> {
    const { value } = await this.rpc.call('runtime-executor', 'plan-release', request, caller);
    const document = Buffer.from(canonicalJson(value.manifest));
    const manifestDigest = sha256(document);
    await this.blobs.put(document);
    return { plan: value, manifestDigest };
  }

  private remember(key: string, plan: Promise<StoredPlan>): void {
    const entry = { plan, at: performance.now() };
    this.plans.delete(key);
    this.plans.set(key, entry);
    if (this.plans.size > REMEMBERED) this.plans.delete(this.plans.keys().next().value!);
    const forget = () => this.plans.get(key) === entry && this.plans.delete(key);
    plan.then(({ plan: { checks } }) => checks.some(({ result }) => result === 'fail') && forget(), forget);
  }
}

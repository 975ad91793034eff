import { ServiceConfig } from '@slipway/service-kit';

/** The inbox reads nothing of its own yet. */
export class ApprovalInboxConfig extends ServiceConfig {}

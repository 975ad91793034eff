import { ServiceConfig } from '@slipway/service-kit';

/** Audit reads nothing of its own yet. */
export class AuditConfig extends ServiceConfig {}

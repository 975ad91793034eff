import { ServiceConfig } from '@slipway/service-kit';

/** Provisioning reads nothing of its own yet. */
export class ProvisioningConfig extends ServiceConfig {}

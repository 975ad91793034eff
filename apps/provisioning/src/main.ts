import { runService } from '@slipway/service-kit';
import { ProvisioningConfig } from './provisioning.config';
import { ProvisioningModule } from './provisioning.module';

void runService({ name: 'provisioning', module: ProvisioningModule, config: ProvisioningConfig });

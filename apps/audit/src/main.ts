import { runService } from '@slipway/service-kit';
import { AuditConfig } from './audit.config';
import { AuditModule } from './audit.module';

void runService({ name: 'audit', module: AuditModule, config: AuditConfig });

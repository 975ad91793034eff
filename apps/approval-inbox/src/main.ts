import { runService } from '@slipway/service-kit';
import { ApprovalInboxConfig } from './approval-inbox.config';
import { ApprovalInboxModule } from './approval-inbox.module';

void runService({ name: 'approval-inbox', module: ApprovalInboxModule, config: ApprovalInboxConfig });

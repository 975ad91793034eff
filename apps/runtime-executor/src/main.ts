import { runService } from '@slipway/service-kit';
import { RuntimeExecutorConfig } from './runtime-executor.config';
import { RuntimeExecutorModule } from './runtime-executor.module';

void runService({ name: 'runtime-executor', module: RuntimeExecutorModule, config: RuntimeExecutorConfig });

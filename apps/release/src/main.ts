import { runService } from '@slipway/service-kit';
import { ReleaseConfig } from './release.config';
import { ReleaseModule } from './release.module';

void runService({ name: 'release', module: ReleaseModule, config: ReleaseConfig });

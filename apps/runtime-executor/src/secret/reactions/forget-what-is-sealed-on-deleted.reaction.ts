import { Injectable } from '@nestjs/common';
import { actionSubject } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { CredentialStore, SecretStore } from '@slipway/secrets';

/** What is sealed for a target or an environment that was deleted opens nothing that anybody may open any more: taken away for good. */
@Injectable()
export class ForgetWhatIsSealedOnDeletedReaction implements Reaction {
  readonly name = 'forget-what-is-sealed-on-deleted';
  readonly subjects = [actionSubject('target.deleted'), actionSubject('environment.deleted')];

  constructor(
    private readonly secrets: SecretStore,
    private readonly credentials: CredentialStore,
  ) {}

  async react({ event: { action, project_id: projectId, resource_id: id } }: Recorded): Promise<void> {
    if (action === 'environment.deleted') await this.secrets.forget({ projectId, environmentId: id });
    else await this.credentials.forget({ projectId, targetId: id });
  }
}

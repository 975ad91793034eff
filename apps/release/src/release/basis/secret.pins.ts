import { Injectable } from '@nestjs/common';
import {
  isDerivedId,
  isSlipwayError,
  type PinnedVariables,
  type PreviewRelease,
  type SecretPin,
  type VariableInput,
  SlipwayError,
} from '@slipway/contracts';
import { RpcClient, type CallerContext } from '@slipway/service-kit';

interface Place {
  readonly project_id: string;
  readonly environment_id: string;
}

/**
 * Turns what a caller gave into what is stored: secrets become pins, by the executor, which alone can read them. A value
 * passes through this process in memory only; it enters no event, no row and no log.
 */
@Injectable()
export class SecretPins {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws SlipwayError `unknown_resource` for a secret that the environment does not have. */
  async pin(variables: PreviewRelease['variables'], place: Place, caller: CallerContext): Promise<PinnedVariables> {
    if (variables && Object.hasOwn(variables, '__proto__')) {
      throw new SlipwayError('invalid_request', "'__proto__' is not a name for a variable; choose another.", {
        field: 'variables.__proto__',
      });
    }
    const pinned = await Promise.all(
      Object.entries(variables ?? {}).map(async ([name, input]) => [name, await this.pinOne(input, place, caller)] as const),
    );
    return Object.fromEntries(pinned);
  }

  /** The same variables with stored secrets at their versions of now; one that is gone keeps a pin that fits nothing. */
  async repin(variables: PinnedVariables, place: Place, caller: CallerContext): Promise<PinnedVariables> {
    const pinned = await Promise.all(
      Object.entries(variables).map(
        async ([name, value]) => [name, isStored(value) ? await this.current(value, place, caller) : value] as const,
      ),
    );
    return Object.fromEntries(pinned);
  }

  private async pinOne(input: VariableInput, place: Place, caller: CallerContext): Promise<string | SecretPin> {
    if (typeof input === 'string') return input;
    if ('secret' in input) return (await this.rpc.call('runtime-executor', 'seal-secret', { ...place, value: input.secret }, caller)).value;
    return (await this.rpc.call('runtime-executor', 'pin-secret', { ...place, name: input.secret_ref }, caller)).value;
  }

  private async current(pin: SecretPin, place: Place, caller: CallerContext): Promise<SecretPin> {
    try {
      return (await this.rpc.call('runtime-executor', 'pin-secret', { ...place, name: pin.secret_ref }, caller)).value;
    } catch (error) {
      if (isSlipwayError(error) && error.code === 'unknown_resource') return { ...pin, fingerprint: 'removed' };
      throw error;
    }
  }
}

/** A stored secret is named; one that came with the request is sealed under a derived id, and never changes. */
const isStored = (value: string | SecretPin): value is SecretPin => typeof value !== 'string' && !isDerivedId(value.secret_ref);

import { AsyncLocalStorage } from 'node:async_hooks';
import { context as otel, ROOT_CONTEXT, type Context, type ContextManager } from '@opentelemetry/api';

/**
 * OpenTelemetry's context on one AsyncLocalStorage, which also carries the call (call-context.ts): each storage in use
 * costs every promise of the process something, so there is one.
 */
class SharedContextManager implements ContextManager {
  private readonly storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.storage.getStore() ?? ROOT_CONTEXT;
  }
  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    act: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.storage.run(context, () => act.call(thisArg, ...args));
  }
  bind<T>(context: Context, target: T): T {
    if (typeof target !== 'function') return target;
    const act = target as unknown as (...args: unknown[]) => unknown;
    return ((...args: unknown[]) => this.storage.run(context, () => act(...args))) as T;
  }
  enable(): this {
    return this;
  }
  disable(): this {
    this.storage.disable();
    return this;
  }
}

otel.setGlobalContextManager(new SharedContextManager());

import { Controller, Get, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AccessDirectory } from '@slipway/service-kit';
import { AccessGuard } from './access.guard';

@Controller()
class Forgotten {
  @Get('/api/v1/forgotten')
  forgotten(): void {}
}

it('refuses a handler that no row of the route table names', () => {
  const request = { access: { principal: { permissions: [], projects: ['*'] } } };
  const context = {
    getHandler: () => Forgotten.prototype.forgotten,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  expect(() => new AccessGuard(new Reflector(), {} as AccessDirectory).canActivate(context)).toThrow(
    expect.objectContaining({ code: 'forbidden' }),
  );
});

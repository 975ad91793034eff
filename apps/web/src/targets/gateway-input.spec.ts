import { gatewayInput, gatewayOf, gatewayProblems, gatewayText, NO_GATEWAY } from './gateway-input';

const whole = { name: 'public', namespace: 'gateways', hostname: '{service}.example.com' };

describe('the Gateway of a cluster in its form', () => {
  it.each([undefined, { name: 'public' }, { name: 'public', namespace: 'gateways' }, whole])('is as it was: %j', (gateway) =>
    expect(gatewayOf(gatewayInput(gateway))).toEqual(gateway),
  );

  it('is said in words', () => {
    expect(gatewayText(whole)).toBe('gateways/public, for {service}.example.com');
    expect(gatewayText({ name: 'public' })).toBe('public, for every host of it');
  });

  it.each([
    ['nothing', NO_GATEWAY, []],
    ['all of it', gatewayInput(whole), []],
    ['a wildcard', { gateway: 'public', gateway_hostname: '*.example.com' }, []],
    ['a host without a Gateway', { gateway: '', gateway_hostname: 'a.example.com' }, ['gateway']],
    ['a URL for a host', { gateway: 'public', gateway_hostname: 'https://a.example.com' }, ['gateway_hostname']],
    ['another placeholder', { gateway: 'public', gateway_hostname: '{name}.example.com' }, ['gateway_hostname']],
    ['too many names', { gateway: 'a/b/c', gateway_hostname: '' }, ['gateway']],
  ])('judges %s', (_what, input, wrong) => {
    const problems = Object.entries(gatewayProblems(input));
    expect(problems.flatMap(([field, problem]) => (problem === null ? [] : [field]))).toEqual(wrong);
  });
});

import { paced } from './paced';

describe('paced', () => {
  it('says to wait once a stretch is over, and begins another after that', async () => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(100);
    const rest = paced(8);
    clock.mockReturnValue(107);
    expect(rest()).toBeUndefined();
    clock.mockReturnValue(108);
    const pause = rest();
    expect(pause).toBeInstanceOf(Promise);
    await pause;
    expect(rest()).toBeUndefined();
    clock.mockReturnValue(116);
    expect(rest()).toBeInstanceOf(Promise);
    clock.mockRestore();
  });
});

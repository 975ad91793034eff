import { UnderWay } from './under-way';

describe('UnderWay', () => {
  it('bounds each caller, and all together', () => {
    const requests = new UnderWay({ ofActor: 2, ofAll: 3, refusal: 'wait' });
    const done = requests.begin('ann');
    requests.begin('ann');
    expect(() => requests.begin('ann')).toThrow('wait');
    requests.begin('bob');
    expect(() => requests.begin('cat')).toThrow(expect.objectContaining({ code: 'too_many_requests' }));
    done();
    done();
    requests.begin('cat');
    expect(() => requests.begin('ann')).toThrow('wait');
  });
});

import { FakeRuntime } from '../execution/work/fake-runtime.fixture';
import { SlotObserver } from './slot-observer';

const connection = { host: '127.0.0.1', port_from: 4000, port_to: 4001 } as const;
const access = { key: 'here', connection, credential: () => Promise.resolve(null) };

describe('observations for previews', () => {
  let elapsed: number;
  let looks: number;
  let observer: SlotObserver;
  let runtime: FakeRuntime;
  beforeEach(() => {
    elapsed = looks = 0;
    observer = new SlotObserver(() => elapsed);
    runtime = new FakeRuntime();
    const observe = runtime.observe.bind(runtime);
    runtime.observe = (...where) => (looks++, observe(...where));
  });

  it('are shared by previews of one slot, for a second', async () => {
    await Promise.all([observer.observe(runtime, access, 'a'), observer.observe(runtime, access, 'a')]);
    elapsed = 999;
    await observer.observe(runtime, access, 'a');
    expect(looks).toBe(1);
    elapsed = 1000;
    await observer.observe(runtime, access, 'a');
    expect(looks).toBe(2);
  });
  it('are of one slot each', async () => {
    const [a, b] = await Promise.all([observer.observe(runtime, access, 'a'), observer.observe(runtime, access, 'b')]);
    expect([a.slotId, b.slotId]).toEqual(['a', 'b']);
  });
  it('are made anew once the slot changed', async () => {
    await observer.observe(runtime, access, 'a');
    observer.forget('a');
    await observer.observe(runtime, access, 'a');
    expect(looks).toBe(2);
  });
  it('that failed are tried again', async () => {
    runtime.observe = () => Promise.reject(new Error('the host is away'));
    await expect(observer.observe(runtime, access, 'a')).rejects.toThrow('away');
    runtime.observe = new FakeRuntime().observe.bind(new FakeRuntime());
    expect(await observer.observe(runtime, access, 'a')).toMatchObject({ slotId: 'a' });
  });
});

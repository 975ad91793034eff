import { eventStoreConformance } from './event-store-conformance';
import { InMemoryEventStore } from './in-memory-event-store';

const store = new InMemoryEventStore();
eventStoreConformance('InMemoryEventStore', () => store);

/** What the run cost to simulate. */
import type { Measure } from '../measure.ts';
import { real } from '../../columns.ts';

export const work: Measure = {
  columns: [real('events', 'events', 'Events handled, twin included.')],
  atShock(run) {
    run.set('events', -run.venue.events); // the twin counts from here again
  },
  atEnd(run) {
    run.set('events', run.get('events') + run.venue.events);
  },
  atTwinEnd(run) {
    run.set('events', run.get('events') + run.venue.events);
  },
  metrics: () => ({}),
};

/** Measures that an experiment names, `measures: [spread-now]`: none comes with unwind, whose own are taken of every run. */
import { Registry } from '../../../core/registry.ts';
import type { NamedMeasure } from '../measure.ts';

export const addedMeasures = new Registry<NamedMeasure>('measure', ({ name }) => name, []);

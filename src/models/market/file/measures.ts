/** Measures that an experiment names. */
import { at, ConfigError } from '../../../core/errors.ts';
import { addedMeasures } from '../measures/added.ts';
import { measures } from '../measures/index.ts';

/** Throws ConfigError, its path from the list, where one is not there, or has a column that another has. */
export function checkMeasures(names: readonly string[]): void {
  const columns = new Map<string, string>(
    measures.flatMap((measure) => measure.columns.map(({ name }) => [name, 'a measure of unwind'] as const)),
  );
  names.forEach((name, i) => {
    if (addedMeasures.all.length === 0)
      throw new ConfigError([i], 'no plug-in of this experiment brings a measure');
    const measure = at([i], () => addedMeasures.get(name));
    for (const column of measure.columns) {
      const other = columns.get(column.name);
      if (other !== undefined) throw new ConfigError([i], `column ${column.name} is that of ${other}`);
      columns.set(column.name, `measure ${name}`);
    }
  });
}

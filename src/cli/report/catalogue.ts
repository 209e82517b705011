/** Prints a catalogue as an indented list, or as JSON. */
import pc from 'picocolors';
import type { CatalogueSection } from '../../sim/catalogue.ts';
import { described, wrapped } from './text.ts';
import { widthOf } from './width.ts';

export function printCatalogue(sections: readonly CatalogueSection[], json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(sections, null, 2)}\n`);
    return;
  }
  const room = widthOf(process.stdout);
  const lines: string[] = [];
  for (const { title, entries } of sections) {
    lines.push(pc.bold(title), '');
    for (const { name, about, settings } of entries) {
      const text = wrapped(`  ${name}  ${about}`, room, 4);
      lines.push(`  ${pc.cyan(name)}${text.slice(2 + name.length)}`);
      const width = Math.max(0, ...settings.map((setting) => setting.name.length));
      const values = settings.map(({ default: value }) => (value === undefined ? '' : written(value)));
      const valueWidth = Math.max(0, ...values.map((value) => value.length));
      settings.forEach((setting, i) => {
        const { name: key, about: what } = setting;
        lines.push(described(`      ${key.padEnd(width)}  ${values[i]!.padEnd(valueWidth)}  `, what, room));
      });
    }
    lines.push('');
  }
  process.stdout.write(lines.join('\n'));
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Prints a catalogue as an indented list, or as JSON. */
import pc from 'picocolors';
import type { CatalogueSection } from '../../sim/catalogue.ts';

export function printCatalogue(sections: readonly CatalogueSection[], json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(sections, null, 2)}\n`);
    return;
  }
  const lines: string[] = [];
  for (const { title, entries } of sections) {
    lines.push(pc.bold(title), '');
    for (const { name, about, settings } of entries) {
      lines.push(`  ${pc.cyan(name)}  ${about}`);
      const width = Math.max(0, ...settings.map((setting) => setting.name.length));
      const values = settings.map(({ default: value }) => (value === undefined ? '' : written(value)));
      const valueWidth = Math.max(0, ...values.map((value) => value.length));
      settings.forEach((setting, i) => {
        const { name: key, about: what } = setting;
        lines.push(`      ${key.padEnd(width)}  ${values[i]!.padEnd(valueWidth)}  ${pc.dim(what)}`);
      });
    }
    lines.push('');
  }
  process.stdout.write(lines.join('\n'));
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

// What is known by name: what a program adds stays, what an experiment brings goes with it, and no name is there twice.
import { expect, test } from 'vitest';
import { Registry } from '../../src/core/registry.ts';

const colours = () =>
  new Registry<{ readonly name: string }>('colour', ({ name }) => name, [{ name: 'red' }]);

test('what an experiment brings goes, what a program adds stays, in the order in which they stand', () => {
  const registry = colours();
  registry.bring({ name: 'teal' });
  registry.add({ name: 'blue' }); // also where it comes later
  expect(registry.names).toEqual(['red', 'blue', 'teal']);
  registry.reset();
  registry.bring({ name: 'teal' });
  registry.bring({ name: 'pink' });
  expect(registry.names).toEqual(['red', 'blue', 'teal', 'pink']);
  registry.reset();
  registry.reset();
  expect(registry.names).toEqual(['red', 'blue']);
});

test('a name that is taken is taken, whoever has it', () => {
  const registry = colours();
  registry.add({ name: 'blue' });
  registry.bring({ name: 'teal' });
  for (const name of ['red', 'blue', 'teal']) {
    const message = `there is a colour ${name} already; give it another name`;
    expect(() => registry.add({ name })).toThrow(message);
    expect(() => {
      registry.bring({ name });
    }).toThrow(message);
  }
  expect(registry.names).toEqual(['red', 'blue', 'teal']);
});

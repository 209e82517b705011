/** The JSON schema of experiment files: for editors, and as the reference of what can be written. */
import { z } from 'zod';
import { models } from './files.ts';
import { presets } from '../experiment/presets.ts';

type Json = Record<string, unknown>;

interface FileSchema {
  readonly properties: Json;
  readonly required: readonly string[];
}

/** Schema of the file as it is written (draft 2020-12), with every plug-in's settings. */
export function experimentJsonSchema(): Json {
  const files = models.map(({ schema, about }) => (schema as z.ZodObject).describe(about));
  const schema = z.toJSONSchema(z.union(files), { io: 'input' });
  const { anyOf } = schema as { anyOf: FileSchema[] };
  for (const file of anyOf) {
    const policies = file.properties['policies'] as Json | undefined;
    if (policies !== undefined)
      policies['additionalProperties'] = orPreset(policies['additionalProperties'] as Json);
  }
  anyOf.push(...anyOf.filter(({ properties }) => 'population' in properties).map(onBase));
  return schema;
}

/** The same on another experiment's market and traders: what is said of these may be any part of them. */
function onBase(file: FileSchema): FileSchema {
  const properties = {
    ...file.properties,
    based_on: {
      type: 'string',
      description: 'Another experiment, whose market and population this one has, save what it says itself.',
    },
    market: { type: 'object', description: 'What is changed in the market.' },
    population: {
      type: 'array',
      items: { type: 'object' },
      description: 'Groups that are added, or, with the name of one that is there, changed.',
    },
  };
  const required = file.required.filter((key) => key !== 'market' && key !== 'population');
  return { ...file, properties, required: [...required, 'based_on'] };
}

/** A policy as it is, or a preset with whatever the policy says itself. */
function orPreset(policy: Json): Json {
  const properties = {
    ...(policy['properties'] as Json),
    preset: {
      enum: presets().map(({ name }) => name),
      description: 'A whole venue; what is said beside it goes first.',
    },
    margin: { type: 'object', description: 'What the preset’s margin is changed in.' },
  };
  return { anyOf: [policy, { ...policy, properties, required: ['preset'] }] };
}

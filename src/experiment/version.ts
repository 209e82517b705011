/** The version of this package, from its package.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPERIMENTS } from './package-folder.ts';

const file = join(EXPERIMENTS, '..', 'package.json');

export const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };

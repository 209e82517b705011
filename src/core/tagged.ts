/** zod schema of "one of these plug-ins": an object with the plug-in's name under `tag` and its settings beside it. */
import { z } from 'zod';
import { growing } from './registry.ts';

interface PlugIn {
  readonly name: string;
  readonly about: string;
  readonly settings: z.ZodType;
}

/** Of those that there are when it is asked. */
export function tagged(tag: string, plugIns: Iterable<PlugIn>, extra: z.ZodRawShape = {}) {
  return growing(() => {
    const options = [...plugIns].map((plugIn) =>
      (plugIn.settings as z.ZodObject)
        .extend({ [tag]: z.literal(plugIn.name), ...extra })
        .meta({ description: plugIn.about }),
    );
    return z.discriminatedUnion(tag, options as unknown as [z.ZodObject, ...z.ZodObject[]]);
  });
}

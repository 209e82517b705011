import { vi } from 'vitest';

/** The texts from which code is made from here on, until `vi.unstubAllGlobals`. */
export function madeCodes(): readonly string[] {
  const texts: string[] = [];
  const real = Function;
  vi.stubGlobal('Function', function (text: string): unknown {
    texts.push(text);
    return real(text);
  });
  return texts;
}

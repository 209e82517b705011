/** The checksum of everything that is kept. */
import { createHash } from 'node:crypto';

/** In hex digits. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

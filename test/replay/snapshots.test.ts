// Worlds that are saved in parts come back whole.
import { expect, test } from 'vitest';
import { Snapshots } from '../../src/replay/snapshots.ts';

test.each([1, 4095, 4096, 4097, 50_001])('of %s bytes, whatever has changed between', (bytes) => {
  const snapshots = new Snapshots(bytes);
  const world = new Uint8Array(bytes);
  const whole: Uint8Array[] = [];
  for (let n = 0; n < 12; n++) {
    // One byte here and there; the last one at some time; nothing at another.
    if (n % 4 !== 3) world[(n * 7919) % bytes]! += 1 + n;
    if (n === 5) world[bytes - 1]! ^= 255;
    whole.push(world.slice());
    expect(
      snapshots.add((target) => {
        target.set(world);
      }),
    ).toBe(n);
  }
  for (const n of [11, 0, 5, 4, 6, 3, 11, 1]) expect(snapshots.get(n)).toEqual(whole[n]);
  // What is looked at does not disturb what is saved next.
  snapshots.get(2);
  world[0]! += 1;
  const last = snapshots.add((target) => {
    target.set(world);
  });
  expect(snapshots.get(last)).toEqual(world);
  expect(snapshots.get(2)).toEqual(whole[2]);
});

/**
 * A simulated world as a process that splitting can copy: a copy is one copy of the world's memory, a branch the world under
 * a new key. What kind of world it is says where it is looked at, and what score it has there.
 */
import type { RunKey } from '../../core/seed.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { ForkableProcess } from '../../stats/splitting/process.ts';

interface SavedWorld {
  readonly world: Uint8Array;
  readonly memory: Float64Array;
}

export abstract class WorldProcess implements ForkableProcess {
  events = 0;
  protected readonly simulation: Simulation;
  /** What belongs to a trajectory beside the world: its score first, then whatever the kind of world keeps. */
  protected readonly memory: Float64Array;
  readonly #saved: SavedWorld[] = [];

  /** `keeps`: numbers beside the score. */
  constructor(simulation: Simulation, keeps: number) {
    this.simulation = simulation;
    this.memory = new Float64Array(1 + keeps);
  }

  get score(): number {
    return this.memory[0]!;
  }

  start(key: RunKey): void {
    this.simulation.start(key);
    this.memory.fill(0);
  }

  branch(key: RunKey): void {
    this.simulation.branch(key);
  }

  save(slot: number): void {
    const { simulation, memory } = this;
    const saved = this.#saved[slot];
    if (saved === undefined) {
      this.#saved[slot] = { world: simulation.save(), memory: memory.slice() };
      return;
    }
    simulation.save(saved.world);
    saved.memory.set(memory);
  }

  load(slot: number): void {
    const { world, memory } = this.#saved[slot]!;
    this.simulation.load(world);
    this.memory.set(memory);
  }

  advance(level: number): void {
    const { memory, simulation } = this;
    if (memory[0]! >= level) return;
    const before = simulation.events;
    while (memory[0]! < level && this.goOn()) {
      const score = this.look();
      if (score > memory[0]!) memory[0] = score;
    }
    if (memory[0]! < level) simulation.assertConserved();
    this.events += simulation.events - before;
  }

  /** On to the next look; false if the trajectory has ended. */
  protected abstract goOn(): boolean;

  /** Score now. */
  protected abstract look(): number;
}

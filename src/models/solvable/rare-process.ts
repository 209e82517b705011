/** The solvable cascade as a process to be split: looked at after every event, its score the accounts liquidated so far. */
import { WorldProcess } from '../rare/world-process.ts';

export class CascadeProcess extends WorldProcess {
  protected override goOn(): boolean {
    return this.simulation.step(this.simulation.scenario.until_us);
  }

  protected override look(): number {
    return this.simulation.only.house.liquidationCount;
  }
}

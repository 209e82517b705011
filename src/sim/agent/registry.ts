/** At which venues traders are registered. */
export interface Registry {
  /**
   * Number of the venue of a name, for the trader that has an account at venue `from`. Throws ConfigError where it is not
   * registered there.
   */
  find(from: number, account: number, name: string): number;
  /** Number of an instrument of venue `from` at venue `to`: of the one with the same name; 0 where there is none. */
  sameInstrument(from: number, instrument: number, to: number): number;
}

/**
 * What every agent sees of its own account. One object a kind and world, pointed at an agent's row before each wake;
 * the kinds' accessor classes add parameters and memory.
 */
import type { ClearingHouse } from '../../clearing/calls/house.ts';
import type { Book } from '../../market/book.ts';

/**
 * Whose turn it is: one object a world, through which the accessors of all kinds look. (Set on the accessors themselves,
 * each kind with a shape of its own, it would cost the engine a lookup by name at each wake.)
 */
export class Turn {
  row = 0;
  account = 0;
  instrument = 0;
}

/** What a trader has at one venue. */
export class Standing {
  turn = new Turn();
  private book: Book | undefined;
  private house: ClearingHouse | undefined;

  /** For the engine: ties it to a venue. */
  tie(turn: Turn, book: Book, house: ClearingHouse): this {
    this.turn = turn;
    this.book = book;
    this.house = house;
    return this;
  }

  /** Row in the venue's tables. */
  get account(): number {
    return this.turn.account;
  }

  /** The instrument that the agent's group trades. */
  get instrument(): number {
    return this.turn.instrument;
  }

  /** Lots held in the home instrument; negative: short. */
  get position(): number {
    return this.house!.ledger.position(this.account, this.instrument);
  }

  /** Lots held in any instrument, by its number. */
  positionIn(instrument: number): number {
    return this.house!.ledger.position(this.account, instrument);
  }

  /** Equity at the present marks, quanta. */
  get equity(): number {
    return this.house!.ledger.equity(this.account);
  }

  /** Money (quanta) outside the venue that the trader could still bring. */
  get reserveLeft(): number {
    return this.house!.ledger.reserve(this.account);
  }

  /** Money (quanta) at the venue that is not pledged to the account's positions. */
  get freeLeft(): number {
    return this.house!.ledger.free(this.account);
  }

  /** Orders resting on the venue. */
  get openOrders(): number {
    return this.book!.owners.open[this.account]!;
  }

  /** Maintenance requirement at the present marks, quanta. */
  get maintenance(): number {
    return this.house!.requirement.maintenance(this.account);
  }

  /**
   * So many of these lots (unsigned) as a margin (quanta) opens in the home instrument at the mark: all, or fewer where the
   * venue asks for more.
   */
  openable(lots: number, margin: number): number {
    const { requirement, ledger } = this.house!;
    const { account, instrument } = this;
    const least = requirement.initialOf(account, instrument, lots, ledger.marks[instrument]!);
    if (lots === 0 || least <= margin) return lots;
    return margin > 0 ? Math.floor((lots * margin) / least) : 0;
  }

  /** True while a margin call is open. */
  get isCalled(): boolean {
    return this.house!.inDistress(this.account);
  }
}

/** What every agent sees of itself: what it has at its home venue, and its row. */
export class Me extends Standing {
  /** Parameters, then memory, in the order of declaration. */
  columns: (Float64Array | Int32Array)[] = [];

  /** For the engine: ties the accessor to a world. */
  attach(columns: (Float64Array | Int32Array)[], turn: Turn, book: Book, house: ClearingHouse): this {
    this.columns = columns;
    return this.tie(turn, book, house);
  }

  /** Row in the tables of the kind. */
  get row(): number {
    return this.turn.row;
  }
}

/** What the page and its worker say to each other. Every question has a number, and one answer or more with it. */
import type { AccountView } from '../replay/account.ts';
import type { Fork } from '../replay/fork.ts';
import type { ForcedOrders } from '../replay/forced.ts';
import type { Entry } from '../replay/log.ts';
import type { Moment, PriceAxis } from '../replay/moment.ts';
import type { Parting } from '../replay/parting.ts';
import type { Track } from '../replay/track.ts';
import type { Outcome } from '../replay/outcome-columns.ts';
import type { Settings } from '../replay/settings.ts';

/** Which of the worlds that the worker plays. */
export type Which = 'main' | 'twin' | 'other';

export interface Play {
  readonly policy: string;
  readonly shock: number;
  readonly run: number;
  /** Whose book is looked at. */
  readonly venue: number;
  readonly instrument: number;
  /** Left out: the run itself. */
  readonly fork?: Fork;
  /** What sliders have turned from the beginning on; left out: as the file has it. */
  readonly settings?: Settings;
}

export type Question =
  | { readonly ask: 'experiment'; readonly text: string }
  | { readonly ask: 'play'; readonly which: Which; readonly play: Play }
  | { readonly ask: 'moment'; readonly which: Which; readonly time_us: number; readonly axis: PriceAxis }
  | { readonly ask: 'step'; readonly which: Which; readonly events: number; readonly axis: PriceAxis }
  | { readonly ask: 'account'; readonly which: Which; readonly account: number }
  | { readonly ask: 'largest'; readonly which: Which }
  | { readonly ask: 'parting' }
  | { readonly ask: 'batch'; readonly play: Play; readonly from: number; readonly runs: number };

export interface Played {
  readonly track: Track;
  readonly log: readonly Entry[];
  readonly forced: ForcedOrders;
  readonly hash: string;
  readonly events: number;
  readonly until_us: number;
  readonly shock_us: number;
  /** Milliseconds that making it took. */
  readonly took_ms: number;
}

export type Answer =
  | { readonly share: number }
  | { readonly played: Played }
  | { readonly moment: Moment }
  | { readonly account: AccountView }
  | { readonly accounts: readonly AccountView[] }
  | { readonly parting: Parting | undefined }
  | { readonly run: number; readonly outcome: Outcome }
  | { readonly done: true }
  | { readonly error: string };

export interface Asked {
  readonly number: number;
  readonly question: Question;
}

export interface Answered {
  readonly number: number;
  readonly answer: Answer;
  /** True: more answers to this question follow. */
  readonly more: boolean;
}

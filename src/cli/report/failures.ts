/** What results lack, in lines: of a run's cell and of a design's points told alike. */
import pc from 'picocolors';
import type { DesignFailures } from '../../design/points/failures.ts';
import { describeFailedPoint } from '../../design/points/failures.ts';
import type { FailedRun } from '../../lab/store/failed-run.ts';
import { kindsOf } from '../../lab/store/failed-run.ts';
import { wrapped, wrappedCommand } from './text.ts';
import { widthOf } from './width.ts';

/** How many runs `which` lacks, why, and how to see the first fail again. `lost`: at least one. */
export function lossLines(lost: readonly FailedRun[], which: string): string[] {
  const { run, replay } = lost[0]!;
  const width = widthOf(process.stdout);
  return [
    `${lost.length} of ${which} were lost, and are in no number: ${kindsOf(lost)}`,
    `  see run ${run} fail again:`,
  ]
    .map((line) => pc.yellow(wrapped(line, width, 2)))
    .concat(wrappedCommand(replay, width, 4));
}

/** Points that failed, and the lost runs of all others together. */
export function failureLines({ failed_points, failures }: DesignFailures): string[] {
  const points = new Set(failures.map(({ point }) => point)).size;
  return [
    ...failed_points.map((point) =>
      pc.yellow(wrapped(describeFailedPoint(point), widthOf(process.stdout), 2)),
    ),
    ...(failures.length === 0 ? [] : lossLines(failures, `the runs of ${points} points`)),
  ];
}

/** What results lack, in lines: of a run's cell and of a design's points told alike. */
import pc from 'picocolors';
import type { DesignFailures } from '../../lab/design/failures.ts';
import { describeFailedPoint } from '../../lab/design/failures.ts';
import type { FailedRun } from '../../lab/failed-run.ts';
import { kindsOf } from '../../lab/failed-run.ts';

/** How many runs `which` lacks, why, and how to see the first fail again. `lost`: at least one. */
export function lossLines(lost: readonly FailedRun[], which: string): string[] {
  const { run, replay } = lost[0]!;
  return [
    pc.yellow(`${lost.length} of ${which} were lost, and are in no number: ${kindsOf(lost)}`),
    pc.yellow(`  see run ${run} fail again: ${replay}`),
  ];
}

/** Points that failed, and the lost runs of all others together. */
export function failureLines({ failed_points, failures }: DesignFailures): string[] {
  const points = new Set(failures.map(({ point }) => point)).size;
  return [
    ...failed_points.map((point) => pc.yellow(describeFailedPoint(point))),
    ...(failures.length === 0 ? [] : lossLines(failures, `the runs of ${points} points`)),
  ];
}

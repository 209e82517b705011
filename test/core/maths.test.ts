/**
 * The deterministic functions against 60-digit reference values (computed with mpmath 1.3, rounded once),
 * against the engine's own Math, and against a golden hash that any other engine must give as well.
 */
import { describe, expect, test } from 'vitest';
import { hashBytes } from '../../src/core/hash.ts';
import { exp, expm1, log, log1p, pow, sin } from '../../src/core/maths.ts';
import { normalCdf, normalQuantile, studentQuantile } from '../../src/core/quantiles.ts';
import { createRng } from '../../src/core/rng.ts';

const view = new DataView(new ArrayBuffer(8));

/** Place of a double in the order of all doubles, so that differences count units in the last place. */
function place(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

function ulps(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Object.is(a, b) ? 0 : Infinity;
  const apart = place(a) - place(b);
  return Number(apart < 0n ? -apart : apart);
}

/** The largest difference, in ulp, of two functions over `count` arguments. */
function furthest(
  count: number,
  argument: (i: number) => number,
  f: (x: number) => number,
  g: (x: number) => number,
): number {
  let most = 0;
  for (let i = 0; i < count; i++) {
    const x = argument(i);
    most = Math.max(most, ulps(f(x), g(x)));
  }
  return most;
}

// prettier-ignore
const EXACT: Record<string, [number, number][]> = {
  log: [[5e-324, -744.4400719213812], [1e-310, -713.8013788281542],
    [2.2250738585072014e-308, -708.3964185322641], [1e-100, -230.25850929940458],
    [0.1, -2.3025850929940455], [0.7071067811865475, -0.34657359027997275],
    [0.7071067811865476, -0.3465735902799726], [0.9999999999999999, -1.1102230246251565e-16],
    [1.0000000000000002, 2.2204460492503128e-16], [1.4142135623730951, 0.3465735902799727],
    [2, 0.6931471805599453], [2.718281828459045, 1], [10, 2.302585092994046], [12345.678, 9.421061321291832],
    [1e100, 230.25850929940458], [1.7976931348623157e308, 709.782712893384]],
  exp: [[-745, 5e-324], [-708.5, 2.006132305331306e-308], [-100, 3.720075976020836e-44],
    [-1, 0.36787944117144233], [-0.34657359027997264, 0.7071067811865476], [-1e-10, 0.9999999999], [1e-17, 1],
    [0.1, 1.1051709180756477], [0.3465735902799727, 1.4142135623730951], [0.5, 1.6487212707001282],
    [1, 2.718281828459045], [2, 7.38905609893065], [10.5, 36315.502674246636], [100, 2.6881171418161356e43],
    [709.782712893384, 1.7976931348622732e308]],
  log1p: [[-0.9999999999999999, -36.7368005696771], [-0.5, -0.6931471805599453],
    [-1e-5, -1.0000050000333337e-5], [-1e-16, -1e-16], [1e-300, 1e-300],
    [1e-10, 9.999999999500001e-11], [3e-8, 2.9999999550000006e-8], [0.1, 0.09531017980432487], [1, 0.6931471805599453], [1e10, 23.025850930040455]],
  expm1: [[-50, -1], [-1, -0.6321205588285577], [-1e-5, -9.999950000166666e-6], [1e-300, 1e-300],
    [1e-10, 1.00000000005e-10], [3e-8, 3.000000045e-8], [0.1, 0.10517091807564763], [1, 1.7182818284590453],
    [30, 10686474581523.463], [700, 1.0142320547350045e304]],
};

// prettier-ignore
const SINES: [number, number][] = [[0.1, 0.09983341664682815], [-0.5, -0.479425538604203],
  [0.7853981633974483, 0.7071067811865475], [0.7853981633974484, 0.7071067811865476], [1, 0.8414709848078965],
  [1.5707963267948966, 1], [2, 0.9092974268256817], [3.141592653589793, 1.2246467991473532e-16],
  [-3.141592653589793, -1.2246467991473532e-16], [4, -0.7568024953079282],
  [6.283185307179586, -2.4492935982947064e-16], [10.5, -0.87969575997167], [100, -0.5063656411097588],
  [-1000.25, -0.9403086681560692], [355, -3.014435335948845e-05], [99999.5, 0.5104916150747798],
  [710, 6.0288706691585265e-05]];

// prettier-ignore
const POWERS: [number, number, number][] = [[10, -3, 0.001], [10, 22, 1e22], [10, 0.5, 3.1622776601683795],
  [1.1, 365, 1283305580313390.5], [0.999999, 1e6, 0.36787925722106646], [2, 0.5, 1.4142135623730951],
  [1.0000000000000002, 4e17, 3.74195587604385e38], [2, -1074, 5e-324],
  [7, 0.3333333333333333, 1.912931182772389], [1e-310, 0.25, 3.162277660168377e-78],
  [123.456, -78.9, 9.543052027880396e-166], [0.3, 500.5, 1.9915352014067622e-262],
  [1.7976931348623157e308, 0.999, 8.840174632999172e307]];

describe('log and exp', () => {
  const rng = createRng('maths');
  test('are within 1 ulp of 60-digit values', () => {
    for (const [x, y] of EXACT['log']!) expect(ulps(log(x), y), `log ${x}`).toBeLessThanOrEqual(1);
    for (const [x, y] of EXACT['exp']!) expect(ulps(exp(x), y), `exp ${x}`).toBeLessThanOrEqual(1);
  });

  test('are within 1 ulp of the engine over 600,000 random arguments of all sizes', () => {
    const near = (): number => 0.3 + 3 * rng.uniform53();
    const wide = (): number => Math.pow(10, 610 * rng.uniform53() - 305);
    const closeToOne = (): number => 1 + (rng.uniform53() - 0.5) * Math.pow(10, -15 * rng.uniform53());
    for (const x of [near, wide, closeToOne]) {
      expect(furthest(100_000, x, log, Math.log)).toBeLessThanOrEqual(1);
    }
    for (const scale of [1, 40, 745]) {
      const x = (): number => scale * (2 * rng.uniform53() - 1);
      expect(furthest(100_000, x, exp, Math.exp)).toBeLessThanOrEqual(1);
    }
  });

  test('a method that is slightly worse is seen', () => {
    const halved = (x: number): number => exp(x / 2) * exp(x / 2);
    expect(furthest(10_000, () => 40 * rng.uniform53(), halved, Math.exp)).toBeGreaterThan(1);
  });

  test('treat zeros, infinities, NaN, negative, subnormal and huge arguments as the language says', () => {
    // prettier-ignore
    const special = [0, -0, 1, -1, NaN, Infinity, -Infinity, 5e-324, -5e-324, 1e-310, 1e-300, -1e-300,
      2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308, 709.782712893384,
      709.7827128933841, 710, 711, 1e10, -745.1332191019411, -745.1332191019412, -746, -747, -708.5];
    for (const x of special) {
      expect(ulps(log(x), Math.log(x)), `log ${x}`).toBeLessThanOrEqual(1);
      expect(ulps(exp(x), Math.exp(x)), `exp ${x}`).toBeLessThanOrEqual(1);
      expect(ulps(log1p(x), Math.log1p(x)), `log1p ${x}`).toBeLessThanOrEqual(2);
      expect(ulps(expm1(x), Math.expm1(x)), `expm1 ${x}`).toBeLessThanOrEqual(3);
    }
    expect(log(1)).toBe(0);
    expect(exp(0)).toBe(1);
    expect([log1p(-0), expm1(-0)]).toEqual([-0, -0]);
  });
});

describe('sin', () => {
  const rng = createRng('maths 3');
  const isNear = (x: number, y: number): boolean => ulps(x, y) <= 1 || Math.abs(x - y) < 1e-19;
  test('is within 1 ulp of 60-digit values, or 10^-19 near its zeros', () => {
    for (const [x, y] of SINES) expect(isNear(sin(x), y), `sin ${x}`).toBe(true);
    expect([sin(0), sin(-0), sin(NaN), sin(Infinity), sin(1e7)]).toEqual([0, -0, NaN, NaN, NaN]);
  });

  test('is as near to the engine over random arguments', () => {
    for (const scale of [1e-3, 1, 3.2, 100, 1e6]) {
      for (let i = 0; i < 50_000; i++) {
        const x = scale * (2 * rng.uniform53() - 1);
        if (!isNear(sin(x), Math.sin(x))) expect.unreachable(`sin ${x}`);
      }
    }
  });
});

describe('log1p, expm1 and pow', () => {
  const rng = createRng('maths 2');
  test('are within 2, 3 and 1 ulp of 60-digit values', () => {
    for (const [x, y] of EXACT['log1p']!) expect(ulps(log1p(x), y), `log1p ${x}`).toBeLessThanOrEqual(2);
    for (const [x, y] of EXACT['expm1']!) expect(ulps(expm1(x), y), `expm1 ${x}`).toBeLessThanOrEqual(3);
    for (const [x, y, z] of POWERS) expect(ulps(pow(x, y), z), `${x} ^ ${y}`).toBeLessThanOrEqual(1);
  });

  test('are as near to the engine over random arguments', () => {
    const small = (): number => (rng.uniform53() - 0.5) * Math.pow(10, -17 * rng.uniform53());
    expect(furthest(50_000, small, log1p, Math.log1p)).toBeLessThanOrEqual(3);
    expect(furthest(50_000, small, expm1, Math.expm1)).toBeLessThanOrEqual(4);
    let most = 0;
    let naive = 0;
    for (let i = 0; i < 100_000; i++) {
      const x = Math.pow(10, 20 * rng.uniform53() - 10);
      const y = 30 * rng.uniform53() - 15;
      const engine = Math.pow(x, y);
      most = Math.max(most, ulps(pow(x, y), engine));
      naive = Math.max(naive, ulps(exp(y * log(x)), engine));
    }
    expect(most).toBeLessThanOrEqual(2);
    expect(naive).toBeGreaterThan(100); // why the logarithm is kept in two doubles
  });

  test('a power that is a double is that double', () => {
    for (let base = 1; base <= 40; base++) {
      for (let n = 1, exact = base; exact < 2 ** 53 && n < 53; n++, exact *= base) {
        expect(pow(base, n), `${base} ^ ${n}`).toBe(exact);
        expect(pow(-base, n), `-${base} ^ ${n}`).toBe(n % 2 === 1 ? -exact : exact);
      }
    }
    for (let k = -1074; k < 1024; k++) expect(pow(2, k)).toBe(2 ** k);
  });

  test('special cases of pow are those of Math.pow', () => {
    // prettier-ignore
    const special = [0, -0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1e300, -1e300, 1e-300, 5e-324, NaN, Infinity,
      -Infinity, 1023, -1074, 1.0000000000000002, 0.9999999999999999];
    for (const x of special) {
      for (const y of special) {
        expect(ulps(pow(x, y), Math.pow(x, y)), `${x} ^ ${y}`).toBeLessThanOrEqual(1);
        if (x === 0 || y === 0) expect(pow(x, y), `${x} ^ ${y}`).toBe(Math.pow(x, y));
      }
    }
  });
});

describe('quantiles', () => {
  // prettier-ignore
  const NORMAL: [number, number][] = [[1e-300, -37.0470962993612], [1e-100, -21.273453560965326],
    [1e-20, -9.262340089798407], [1e-10, -6.361340902404057], [1e-5, -4.264890793922825],
    [0.001, -3.0902323061678136], [0.025, -1.9599639845400543], [0.05, -1.6448536269514726],
    [0.0749, -1.4402382675279637], [0.0751, -1.43882539275254], [0.25, -0.6744897501960817],
    [0.4, -0.2533471031357997], [0.6, 0.2533471031357997], [0.9, 1.2815515655446006],
    [0.975, 1.9599639845400538], [0.999, 3.090232306167813]];
  // prettier-ignore
  const CDF: [number, number][] = [[-38, 2.88542835e-316], [-20, 2.7536241186062337e-89],
    [-10, 7.619853024160525e-24], [-6, 9.86587645037698e-10], [-5, 2.866515718791939e-7],
    [-3, 0.0013498980316300946], [-1.96, 0.024997895148220435], [-1, 0.15865525393145705],
    [-0.6, 0.2742531177500736], [-0.1, 0.460172162722971], [1e-10, 0.5000000000398942],
    [0.3, 0.6179114221889527], [0.6629, 0.7463026991317633], [0.663, 0.7463347229613835],
    [1, 0.8413447460685429], [2, 0.9772498680518208], [5.6, 0.9999999892824097], [5.7, 0.9999999940096286],
    [8, 0.9999999999999993]];
  // prettier-ignore
  const STUDENT: [number, number, number][] = [[1e-10, 1, -3183098861.837907],
    [0.025, 1, -12.706204736174705], [0.4, 1, -0.32491969623290623], [0.49, 1, -0.03142626604335118],
    [0.975, 2, 4.302652729749462], [0.001, 2.5, -13.822193110865964], [0.3, 3, -0.5843897274398187],
    [0.95, 4, 2.1318467863266495], [0.975, 5, 2.5705818356363146], [1e-6, 7.3, -13.493523060744643],
    [0.975, 9, 2.262157162798205], [0.2500001, 10, -0.6998117270137696],
    [0.2499999, 10, -0.6998123956111756], [0.975, 29, 2.045229642132704], [0.995, 99, 2.626405457280827],
    [0.975, 999, 1.9623414611334495], [1e-8, 5000, -5.621132014775146], [0.975, 99999, 1.9599877077718444],
    [0.975, 1e6, 1.9599663568141066], [0.001, 1e6, -3.09024045631652]];
  const relative = (a: number, b: number): number => Math.abs(a / b - 1);

  test('normal quantile and distribution function agree with reference values to 2e-15', () => {
    for (const [p, z] of NORMAL) expect(relative(normalQuantile(p), z), `p ${p}`).toBeLessThan(2e-15);
    for (const [x, p] of CDF) {
      expect(relative(normalCdf(x), p), `x ${x}`).toBeLessThan(x === -38 ? 1e-7 : 2e-15); // one is subnormal
    }
  });

  test('normal quantile undoes the distribution function', () => {
    for (let z = -37; z <= 5; z += 0.01) {
      expect(Math.abs(normalQuantile(normalCdf(z)) - z)).toBeLessThan(z < 0 ? 1e-13 : 1e-9);
    }
  });

  test("Student's quantile agrees with reference values to 1e-11, for whole and fractional df", () => {
    for (const [p, df, t] of STUDENT) {
      expect(relative(studentQuantile(p, df), t), `p ${p} df ${df}`).toBeLessThan(1e-11);
    }
  });

  test("Student's quantile is odd about p = ½, grows with p and shrinks to the normal one with df", () => {
    for (const df of [1, 1.7, 6, 250, 99_999, 100_001]) {
      let before = -Infinity;
      for (let p = 1 / 64; p < 1; p += 1 / 64) {
        const t = studentQuantile(p, df);
        expect(t).toBeGreaterThan(before);
        expect(studentQuantile(1 - p, df)).toBe(-t + 0);
        expect(Math.abs(t)).toBeGreaterThanOrEqual(Math.abs(normalQuantile(p)));
        before = t;
      }
    }
  });

  test('finds quantiles far out, where a step of the search overshoots', () => {
    for (const df of [1, 4, 50, 317.5, 3000, 100_000]) {
      for (const p of [1e-300, 1e-100, 1e-30]) {
        expect(studentQuantile(p, df)).toBeLessThan(normalQuantile(p));
        expect(studentQuantile(p, df)).toBeGreaterThan(-Infinity);
      }
    }
  });

  test('the ends are infinite and what is no probability is NaN', () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
    expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(NaN)]).toEqual([NaN, NaN, NaN]);
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(0)]).toEqual([0, 1, 0.5]);
    expect(normalCdf(NaN)).toBe(NaN);
    expect([studentQuantile(0, 3), studentQuantile(1, 3)]).toEqual([-Infinity, Infinity]);
    expect(studentQuantile(0.5, 3)).toBe(0);
    expect([studentQuantile(2, 3), studentQuantile(0.3, 0.5), studentQuantile(NaN, 3)]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
  });
});

test('every engine gives the same bytes (golden)', () => {
  const results: number[] = [];
  for (let i = 0; i < 20_000; i++) {
    const u = ((Math.imul(i, 0x9e3779b1) >>> 0) + 0.5) / 4294967296;
    const v = ((Math.imul(i, 0x85ebca77) >>> 0) + 0.5) / 4294967296;
    results.push(log(u), log(1 / (u * u)), exp(1400 * u - 700), exp(u), log1p(u - 0.5), expm1(v - 0.5));
    results.push(pow(3 * u, 40 * v - 20), normalCdf(16 * u - 12), normalQuantile(v));
    if (i % 50 === 0) results.push(studentQuantile(v, 1 + 60 * u));
  }
  expect(hashBytes(new Uint8Array(Float64Array.from(results).buffer))).toBe(
    'fd6cef3786262c98917b5b0d238033b4',
  );
});

// Seeded chance for tests, benchmarks and demonstration data: Chris Doty-Humphrey's "small fast counter" generator with
// 32-bit words (period at least 2^32, passes PractRand). Never used by a step of the model.
import { log } from "./log.ts";

export interface Prng {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/** Returns a generator whose stream depends on `seed` (any integer) alone. */
export function createPrng(seed: number): Prng {
  let a = 0x2545f491;
  let b = 0x9e3779b9;
  let c = seed | 0;
  let counter = 1;

  const next = (): number => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  // similar seeds start alike: let them part
  for (let i = 0; i < 16; i++) next();

  const uniform = (): number => next() / 4294967296;
  const normal = (): number => {
    // Marsaglia's polar method needs no trigonometric function
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const q = u * u + v * v;
      if (q > 0 && q < 1) return u * Math.sqrt((-2 * log(q)) / q);
    }
  };
  return { uniform, normal };
}

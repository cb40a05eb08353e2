// Chance without state: numbers that depend on nothing but their arguments, so that any moment can be asked for in any order.

/** Mixes any number of integers into 32 well-spread bits. */
export function mix(...parts: number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    // epoch times do not fit 32 bits: their upper part counts too
    h ^= (part | 0) ^ Math.imul(Math.floor(part / 4294967296), 0x27d4eb2f);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h >>> 0;
}

/** Uniform in [0, 1). */
export function hashUniform(...parts: number[]): number {
  return mix(...parts) / 4294967296;
}

/** Nearly standard normal: eight 16-bit uniforms added up, so never beyond ±4.9. */
export function hashNormal(...parts: number[]): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const bits = mix(...parts, i);
    sum += (bits & 0xffff) + (bits >>> 16);
  }
  // eight uniforms have mean 4 and variance 8/12
  return (sum / 65536 - 4) / Math.sqrt(8 / 12);
}

/** Turns a name into a seed. */
export function seedOf(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i));
  return h;
}

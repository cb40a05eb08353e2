import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatKey, KEY_ENTROPY_BYTES, KEY_KINDS, keyKind, maskKey } from "../../../src/shared/key/api-key.ts";

const random = fc.uint8Array({ minLength: KEY_ENTROPY_BYTES, maxLength: KEY_ENTROPY_BYTES });
const fair = random.filter((bytes) => bytes.filter((byte) => byte < 248).length >= 30);

describe("an API key", () => {
  test("has its prefix, thirty characters and a checksum of six", () => {
    const key = formatKey(
      "live",
      Uint8Array.from({ length: KEY_ENTROPY_BYTES }, (_, i) => i),
    );
    expect(key).toMatch(/^fl_live_[0-9A-Za-z]{36}$/);
    // the check is CRC-32 in base 62, as any other program can work it out
    expect(key).toBe("fl_live_0123456789ABCDEFGHIJKLMNOPQRST3Qizth");
  });

  test("is recognised with its kind, and no changed character goes unnoticed", () => {
    fc.assert(
      fc.property(
        fair,
        fc.constantFrom(...KEY_KINDS),
        fc.nat(35),
        fc.constantFrom("0", "Z", "q"),
        (bytes, kind, at, letter) => {
          const key = formatKey(kind, bytes);
          expect(keyKind(key)).toBe(kind);
          const start = key.lastIndexOf("_") + 1 + at;
          const changed = key.slice(0, start) + letter + key.slice(start + 1);
          expect(keyKind(changed)).toBe(changed === key ? kind : null);
        },
      ),
    );
  });

  test.each([
    "",
    "fl_live_",
    "fl_live_short",
    `fl_test_${"a".repeat(36)}`,
    `sk_live_${"a".repeat(36)}`,
    "x".repeat(50),
  ])("is told from %s", (text) => expect(keyKind(text)).toBeNull());

  test("is shown by its first characters only", () => {
    const key = formatKey("pub", new Uint8Array(KEY_ENTROPY_BYTES).fill(7));
    expect(maskKey(key)).toBe("fl_pub_7777…");
  });

  test("is refused when chance ran out", () => {
    expect(() => formatKey("live", new Uint8Array(KEY_ENTROPY_BYTES).fill(255))).toThrow("too few");
  });
});

import { expect, test } from "vitest";
import { ByteReader, ByteWriter } from "../../../src/shared/model/bytes.ts";

test("nothing is lost where the writer's buffer grows, whatever is written there", () => {
  const kinds = ["u8", "u16", "i32", "u32", "f64"] as const;
  for (const kind of kinds) {
    const writer = new ByteWriter();
    writer.block((1 << 16) - 1).fill(7);
    for (let i = 0; i < 3; i++) writer[kind](40 + i);
    writer.f32s(Float32Array.of(0.5, -2));
    const reader = new ByteReader(writer.finish());
    expect(reader.block((1 << 16) - 1)?.every((byte) => byte === 7)).toBe(true);
    expect([reader[kind](), reader[kind](), reader[kind]()]).toEqual([40, 41, 42]);
    const floats = new Float32Array(2);
    reader.f32s(floats);
    expect(Array.from(floats)).toEqual([0.5, -2]);
    expect([reader.left, reader.short]).toEqual([0, false]);
  }
});

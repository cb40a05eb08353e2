import { describe, expect, test } from "vitest";
import { eventText, retryText } from "../../../workers/api/stream/event-text.ts";

describe("a message as an event", () => {
  test("has the type and the number of its head, and stays one line of data", () => {
    const gap = JSON.stringify({ v: 1, type: "gap", seq: 12, exchange: "okx", fromMs: 60_000, reason: 'a\n"seq":99' });
    expect(eventText(gap)).toBe(`event: gap\nid: 12\ndata: ${gap}\n\n`);
    expect(eventText(gap)?.split("\n")).toHaveLength(5);
    expect(eventText('{"type":"delta","v":1,"seq":7,"asOf":1}')).toContain("event: delta\nid: 7\n");
  });

  test("what is no message is no event", () => {
    for (const text of ["pong", "", "{}", '{"type":"delta"}', `{"x":"${" ".repeat(90)}","type":"delta","seq":1}`]) {
      expect(eventText(text)).toBeNull();
    }
  });

  test("the wait is a whole number of ms", () => expect(retryText(2_345.6)).toBe("retry: 2346\n\n"));
});

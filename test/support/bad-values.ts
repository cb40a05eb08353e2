// Wrong values of a parameter, worked out from its description in the OpenAPI document.

export interface Parameter {
  name: string;
  in: "query" | "path" | "header";
  required?: boolean;
  schema: { type?: string; enum?: string[]; pattern?: string; maxLength?: number; minimum?: number; maximum?: number };
  example?: unknown;
}

export interface BadValue {
  what: string;
  value: string;
}

/** A name that says what a time is. */
const TIMES = ["from", "to", "asOf", "since", "until", "start", "end"];
const YEAR_3000_MS = "32503680000000";

export function badValues({ name, schema }: Parameter): BadValue[] {
  const values: BadValue[] = [
    { what: "nothing", value: "" },
    { what: "ten kilobytes", value: "x".repeat(10_000) },
    { what: "a word", value: "certainly-not" },
    { what: "another script", value: "пример" },
    { what: "a picture", value: "🌋" },
    { what: "half a surrogate", value: "\ufffd" },
    { what: "a null byte", value: "\u0000" },
    { what: "a path", value: "../../etc/passwd" },
    { what: "SQL", value: "' OR 1=1 --" },
    { what: "markup", value: "<script>alert(1)</script>" },
    { what: "a formula", value: "=1+1" },
    { what: "an object", value: '{"$ne":null}' },
    { what: "below nothing", value: "-1" },
    { what: "no number", value: "NaN" },
    { what: "more than anything", value: "1e309" },
    { what: "very many", value: "99999999999999999999" },
    { what: "a part of nothing", value: "0.00000001" },
  ];
  for (const accepted of schema.enum ?? []) {
    values.push({ what: `another case of ${accepted}`, value: swapCase(accepted) });
    values.push({ what: `${accepted} and a rest`, value: `${accepted} x` });
  }
  if (TIMES.includes(name)) {
    values.push({ what: "seconds", value: "1768092600" });
    values.push({ what: "microseconds", value: "1768092600000000" });
    values.push({ what: "a date", value: "2026-01-11T00:50:00Z" });
    values.push({ what: "the far future", value: YEAR_3000_MS });
  }
  return values.filter(({ value }) => schema.enum?.includes(value) !== true);
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

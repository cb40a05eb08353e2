// What the OpenAPI document says of the heatmap's forms: the native route's parameters, another kind of answer.
import { PALETTES } from "../../../src/shared/display/palette.ts";
import { MODEL_VERSION } from "../../../src/shared/model/model.ts";
import { HEIGHT, THEMES, WIDTH } from "../formats/style.ts";

const NATIVE = "/v1/heatmap/{symbol}";

const CSV = `symbol,startMs,priceLow,priceHigh,estimatedUsd,asOf,modelVersion,dataSource\r
BTC,1768092600000,96000.5,96048.512,1250000,1768092600000,${MODEL_VERSION},live\r
`;

const styleParameters = [
  pixels("width", WIDTH),
  pixels("height", HEIGHT),
  word("theme", THEMES, "Colours of the page around it."),
  word("colors", PALETTES, "Colour map of the sizes."),
];

interface Form {
  summary: string;
  description: string;
  type: string;
  example?: string;
  parameters?: object[];
}

const FORMS: Record<string, Form> = {
  csv: {
    summary: "The heatmap as a table, one row per cell",
    description:
      "For spreadsheets: no text in it can be read as a formula. At most 75,000 rows (8 MB): a finer `bucket` than that takes is refused with one that does; .parquet and .bin hold every cell.",
    type: "text/csv",
    example: CSV,
  },
  bin: {
    summary: "The heatmap in a compact binary form",
    description: "The format is docs/reference/grid-format.md; sizes are off by at most 2.2 %.",
    type: "application/octet-stream",
  },
  parquet: {
    summary: "The heatmap as a Parquet file, one row per cell",
    description: "The columns of the table, with their types.",
    type: "application/vnd.apache.parquet",
  },
  png: {
    summary: "The heatmap as a picture",
    description:
      "Cells, candles, price scale, colour scale in the answer's currency, as-of time and coverage: for posters and link previews.",
    type: "image/png",
    parameters: styleParameters,
  },
};

interface Operation {
  parameters?: object[];
  responses: Record<string, object>;
}

/** Adds the paths of the forms; what they take and refuse is the native route's. */
export function describeForms(document: { paths?: object }): void {
  const paths = (document.paths ?? {}) as Record<string, { get?: Operation }>;
  const native = paths[NATIVE]?.get;
  if (native === undefined) return;
  paths[`${NATIVE}.json`] = { get: { ...native, ...{ summary: "The heatmap, its form named in the path" } } };
  for (const [form, { type, example, parameters = [], ...words }] of Object.entries(FORMS)) {
    const schema = type === "text/csv" ? { type: "string" } : { type: "string", format: "binary" };
    const media = example === undefined ? { schema } : { schema, example };
    paths[`${NATIVE}.${form}`] = {
      get: {
        ...words,
        parameters: [...(native.parameters ?? []), ...parameters],
        responses: { ...native.responses, 200: { description: "The grid", content: { [type]: media } } },
      },
    };
  }
}

function pixels(name: string, { least, most, usual }: typeof WIDTH): object {
  const schema = { type: "integer", minimum: least, maximum: most, default: usual };
  return { name, in: "query", required: false, schema, description: "Pixels.", example: usual };
}

function word(name: string, accepted: readonly string[], description: string): object {
  const schema = { type: "string", enum: [...accepted] };
  return { name, in: "query", required: false, schema, description, example: accepted[0] };
}

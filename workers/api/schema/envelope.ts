// The envelope every answer carries: when, by which model, from what, and how much of the market it covers.
import { z } from "@hono/zod-openapi";
import { ERROR_CODES } from "../../../src/shared/error/api-error.ts";
import { DATA_SOURCES, VENUES } from "../../../src/shared/market/symbol.ts";
import { VENUE_STATES } from "../../../src/shared/market/venue-status.ts";
import { MODEL_VERSION } from "../../../src/shared/model/model.ts";

const thinShape = {
  thin: z.boolean().optional().openapi({
    description:
      "True when the symbol's open interest or daily volume is too small for its map to mean much; absent in answers about several symbols.",
  }),
  thinReason: z.string().optional(),
};

export const coverageSchema = z
  .object({
    ratio: z.number().min(0).max(1).nullable().openapi({
      description: "Open interest in this answer / open interest known; null while none is known.",
      example: 0.93,
    }),
    exchanges: z.array(
      z.object({
        id: z.enum(VENUES),
        state: z.enum(VENUE_STATES),
        ageMs: z.number().nullable().openapi({ description: "Time since its newest data.", example: 900 }),
        openInterestUsd: z.number().nullable().openapi({ example: 8701540265 }),
        modelled: z.boolean().openapi({ description: "Whether its positions are in this answer." }),
        reason: z.string().optional().openapi({ description: "Why it is not live." }),
      }),
    ),
    ...thinShape,
  })
  .openapi("Coverage");

export const envelopeShape = {
  asOf: z.number().int().openapi({ description: "Market time of the answer, ms UTC.", example: 1768092600000 }),
  modelVersion: z.string().openapi({ example: MODEL_VERSION }),
  dataSource: z.enum(DATA_SOURCES).openapi({ description: "Anything but `live` is no real market." }),
  coverage: coverageSchema,
  stale: z.boolean().optional().openapi({ description: "True while no newer answer can be made: the last good one." }),
};

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(ERROR_CODES),
    parameter: z.string().optional(),
    accepted: z.array(z.string()).optional(),
    requestId: z.string(),
  })
  .openapi("Problem");

/** The error answers of routes that want a key. */
export const keyProblemResponses = {
  401: { description: "No key, or not a good one", content: { "application/problem+json": { schema: problemSchema } } },
  403: {
    description: "The key is tied to other origins",
    content: { "application/problem+json": { schema: problemSchema } },
  },
} as const;

/** The error answers every route may give. */
export const problemResponses = {
  400: {
    description: "A parameter is not acceptable",
    content: { "application/problem+json": { schema: problemSchema } },
  },
  404: { description: "Unknown symbol or address", content: { "application/problem+json": { schema: problemSchema } } },
  429: {
    description: "Too many requests; Retry-After says when to ask again",
    content: { "application/problem+json": { schema: problemSchema } },
  },
  503: {
    description: "The map cannot be read right now, or the deployment is set up wrongly",
    content: { "application/problem+json": { schema: problemSchema } },
  },
} as const;

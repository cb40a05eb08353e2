import type { HonoRequest } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";

/** A JSON body of at most `maxBytes`; read no further than that. An empty one is `{}`. */
export async function readJson(request: HonoRequest, maxBytes: number): Promise<unknown> {
  const text = await readText(request.raw, maxBytes);
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw new ApiError("invalid-body", "the body is no JSON");
  }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = new ApiError("payload-too-large", `the body may have at most ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(await new Blob(chunks).arrayBuffer());
}

// Binance's refusals, https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code.
import { jsonReply, type WireReply } from "../server/wire.ts";

export function invalidSymbol(): WireReply {
  return refusal(-1121, "Invalid symbol.");
}

export function invalidInterval(): WireReply {
  return refusal(-1120, "Invalid interval.");
}

export function missingParameter(name: string): WireReply {
  return refusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
}

export function invalidParameter(name: string): WireReply {
  return refusal(-1130, `Data sent for parameter '${name}' is not valid.`);
}

export function unknownPath(path: string): WireReply {
  return jsonReply({ code: -5000, msg: `Path ${path}, Method GET is invalid` }, 404);
}

function refusal(code: number, msg: string): WireReply {
  return jsonReply({ code, msg }, 400);
}

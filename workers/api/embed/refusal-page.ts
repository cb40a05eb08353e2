// What a frame shows in place of a map that it cannot: words, in the embed's colours, with the status of the refusal.
import { type ApiError, statusOf } from "../../../src/shared/error/api-error.ts";
import { escapeHtml } from "../http/page.ts";

const DARK = "background:#07080c;color:#d5dbe6;color-scheme:dark";
const LIGHT = "background:#fff;color:#2b313d;color-scheme:light";
const STYLE = [
  `body{margin:0;padding:12px 16px;font:13px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;${DARK}}`,
  `@media(prefers-color-scheme:light){body{${LIGHT}}}`,
  `[data-theme=dark] body{${DARK}}[data-theme=light] body{${LIGHT}}`,
  "h1{margin:0 0 6px;font-size:15px}p{margin:0 0 6px}a{color:inherit}",
].join("");

/** `theme` as the address asked for it. No script, one style that its policy names by its hash. */
export async function refusalPage(error: ApiError, theme: string | null): Promise<Response> {
  const accepted = error.accepted ?? [];
  // most refusals name what is accepted in their sentence
  const isTold = accepted.every((one) => error.message.includes(one));
  const words = [error.message, ...(isTold ? [] : [`Accepted: ${accepted.join(", ")}`])];
  const named = theme === "dark" || theme === "light" ? ` data-theme="${theme}"` : "";
  const body = `<!doctype html><html lang="en"${named}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Faultline: no map</title><style>${STYLE}</style></head><body><h1>This map cannot be shown</h1>${words.map((text) => `<p>${escapeHtml(text)}</p>`).join("")}<p><a href="/" target="_blank" rel="noopener">Faultline</a></p></body></html>`;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${await sha256Base64(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors *",
  ].join("; ");
  return new Response(body, {
    status: statusOf(error.code),
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
    },
  });
}

async function sha256Base64(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

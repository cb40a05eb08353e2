// What an embedded map shows, from its address alone: nothing is stored.
import type { Theme } from "../../shared/display/palette.ts";
import { parseView } from "../view/query.ts";
import type { View } from "../view/view.ts";

export interface EmbedAddress {
  view: View;
  /** Null = as the reader's system prefers. */
  theme: Theme | null;
}

/** `/embed/BTC?range=24h&exchange=okx&theme=light&colors=viridis`; total: what is not known falls back. */
export function parseEmbedAddress(pathname: string, search: string): EmbedAddress {
  const query = new URLSearchParams(search);
  query.set("symbol", pathname.split("/")[2] ?? "");
  const theme = query.get("theme");
  return { view: parseView(query.toString()), theme: theme === "dark" || theme === "light" ? theme : null };
}

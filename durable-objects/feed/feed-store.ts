// One row of the object's SQLite: who it is and what it must not forget. Written only when it changes.
import type { FeedMemory } from "./feed.ts";

export interface SavedFeed {
  /** `<venue>#<generation>`, known from the first call: an alarm is not told its object's name. */
  name: string;
  /** Where it asked: bans and back-off belong to that place. */
  base: string;
  memory: FeedMemory | null;
}

/** The part of an object's SQL storage that is used. */
export interface Sql {
  exec(query: string, ...bindings: unknown[]): { toArray(): Record<string, unknown>[] };
}

export class FeedStore {
  readonly #sql: Sql;
  #written: string | null = null;

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS feed (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  }

  load(): SavedFeed | null {
    const [row] = this.#sql.exec("SELECT body FROM feed WHERE id = 1").toArray();
    if (row === undefined || typeof row["body"] !== "string") return null;
    this.#written = row["body"];
    return JSON.parse(this.#written) as SavedFeed;
  }

  save(saved: SavedFeed): void {
    const body = JSON.stringify(saved);
    if (body === this.#written) return;
    this.#sql.exec(
      "INSERT INTO feed (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
      body,
    );
    this.#written = body;
  }
}

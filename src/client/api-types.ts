// Made by `npm run client-types` from test/golden/openapi.json: not edited by hand.
export interface paths {
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health, freshness and the conservation invariant of every symbol */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/symbols": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which symbols are served */
        get: operations["getSymbols"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The exchanges: state, age, and what each does not offer */
        get: operations["getExchanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/heatmap/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Estimated liquidation sizes over price and time
         * @description Isolated-equivalent estimates from open interest, volume and price, conserved to each exchange's open interest. Filters compose; a combination of exchange, leverage and age has 30-minute columns and reaches 7 days back.
         */
        get: operations["getHeatmapSymbol"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The liquidation map now, or as of an earlier moment: price levels with estimated USD; with delta, their change (signed) */
        get: operations["getMapSymbol"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bars/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the exchanges reported: prices, volume, open interest, observed liquidations */
        get: operations["getBarsSymbol"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The three presets, the parameters behind them, and what has been learned
         * @description One model, three named views. Weights of tiers are weakly identified by liquidation totals: each is labelled assumed or learned, with its uncertainty. Factors scale expected figures, never the conserved size.
         */
        get: operations["getModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the key of this request may do, and how much it was used */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket that opens streams with a key's plan for a minute
         * @description A browser's WebSocket sends no header, and a key never stands in an address.
         */
        post: operations["postStreamTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/liquidations/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Liquidations as exchanges reported them: single reports or sums, never estimates */
        get: operations["getLiquidationsSymbol"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/depth/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Order books of the exchanges on one ladder, and how deep they are and were */
        get: operations["getDepthSymbol"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tiles/{modelVersion}/{symbol}/{layer}/{interval}/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * 64 columns of one layer as bytes
         * @description Estimated sizes per price bucket and side, in the format of docs/reference/tile-format.md. Closed tiles are immutable; the open one is short-lived.
         */
        get: operations["getTilesModelVersionSymbolLayerIntervalIndex"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live updates: a WebSocket of snapshot and delta messages
         * @description Messages are described in /asyncapi.json: `snapshot`, then `delta` with a sequence number; `since=` resumes; the text `ping` is answered `pong`. With `format=bin` these two are binary messages in a tenth of the bytes (docs/reference/frame-format.md).
         */
        get: operations["getStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live updates as server-sent events
         * @description The messages of `/v1/stream` for clients that have no WebSocket: `event` is the message's type, `id` its `seq`, `data` the message as JSON (/asyncapi.json). `Last-Event-ID`, or `since=`, resumes. A comment comes every 15 s; `retry` says when to come back after the end. A stream counts against the plan like a socket.
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health figures of every symbol and exchange, for scrapers
         * @description OpenMetrics text: reachable hubs, age, coverage, conservation, pending writes, exchanges heard.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All keys, without the keys themselves */
        get: operations["getAdminKeys"];
        put?: never;
        /** Makes a key and shows it, this once */
        post: operations["postAdminKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a key, everywhere within a minute */
        delete: operations["deleteAdminKeysId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/heatmap/{symbol}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The heatmap, its form named in the path
         * @description Isolated-equivalent estimates from open interest, volume and price, conserved to each exchange's open interest. Filters compose; a combination of exchange, leverage and age has 30-minute columns and reaches 7 days back.
         */
        get: operations["getHeatmapSymbolJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/heatmap/{symbol}.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The heatmap as a table, one row per cell
         * @description For spreadsheets: no text in it can be read as a formula. At most 75,000 rows (8 MB): a finer `bucket` than that takes is refused with one that does; .parquet and .bin hold every cell.
         */
        get: operations["getHeatmapSymbolCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/heatmap/{symbol}.bin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The heatmap in a compact binary form
         * @description The format is docs/reference/grid-format.md; sizes are off by at most 2.2 %.
         */
        get: operations["getHeatmapSymbolBin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/heatmap/{symbol}.parquet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The heatmap as a Parquet file, one row per cell
         * @description The columns of the table, with their types.
         */
        get: operations["getHeatmapSymbolParquet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/heatmap/{symbol}.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The heatmap as a picture
         * @description Cells, candles, price scale, colour scale in the answer's currency, as-of time and coverage: for posters and link previews.
         */
        get: operations["getHeatmapSymbolPng"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Status: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            /**
             * @description ok: every exchange live, every symbol reachable.
             * @enum {string}
             */
            status: "ok" | "degraded";
            marketTime: number;
            /** @description Worst |side mass − open interest| / open interest since the start, and its limit. */
            conservation: {
                ok: boolean;
                limit: number;
                worst: number;
            };
            unreachable: string[];
            /** @description Each exchange's clock minus ours; null where no answer tells it, or its feed cannot be asked. */
            clockSkewMs: {
                [key: string]: number | null;
            };
            symbols: {
                symbol: string;
                asOf: number;
                closedToMs: number | null;
                price: number | null;
                /** @description Volume of the last 24 hours that is known. */
                dayVolumeUsd: number | null;
                /** @description Share of the first history that is in the model. */
                historyProgress: number;
                historyFromMs: number | null;
                coverageRatio: number | null;
                /** @description Too small for its map to mean much. */
                thin: boolean;
                thinReason?: string;
                worstConservationError: number;
                backfilledColumns: number;
                journalSequence: number;
                waitingForD1: number;
                exchanges: {
                    id: string;
                    openInterestBase: number | null;
                    conservationError: number;
                    long: {
                        openInterestBase: number;
                        drawnBase: number;
                        reservoirBase: number;
                    } | null;
                    short: {
                        openInterestBase: number;
                        drawnBase: number;
                        reservoirBase: number;
                    } | null;
                    modelledToMs: number | null;
                    nextMinuteMs: number | null;
                    /** @description The exchange has no open interest history: the map's past assumes the first known one. */
                    startOpenInterestAssumed: boolean;
                    missingMinutes: number;
                    /** @description Minutes, or their open interest, that history may still bring: the map is corrected then. */
                    gap: {
                        fromMs: number;
                        reason: string;
                    } | null;
                    degradedMinutes: number;
                    clippedMinutes: number;
                    lateObservations: number;
                    /** @description Prices too far from the other exchanges' median to be believed. */
                    doubtedPrices: number;
                    lastDoubtedPrice: {
                        price: number;
                        median: number;
                        at: number;
                    } | null;
                }[];
            }[];
        };
        Coverage: {
            /**
             * @description Open interest in this answer / open interest known; null while none is known.
             * @example 0.93
             */
            ratio: number | null;
            exchanges: {
                /** @enum {string} */
                id: "binance" | "bybit" | "okx" | "hyperliquid" | "bitget" | "gate" | "dydx" | "gmx";
                /** @enum {string} */
                state: "live" | "degraded" | "stale" | "blocked" | "off";
                /**
                 * @description Time since its newest data.
                 * @example 900
                 */
                ageMs: number | null;
                /** @example 8701540265 */
                openInterestUsd: number | null;
                /** @description Whether its positions are in this answer. */
                modelled: boolean;
                /** @description Why it is not live. */
                reason?: string;
            }[];
            /** @description True when the symbol's open interest or daily volume is too small for its map to mean much; absent in answers about several symbols. */
            thin?: boolean;
            thinReason?: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            /** @enum {string} */
            code: "invalid-parameter" | "unknown-parameter" | "unknown-symbol" | "not-found" | "method-not-allowed" | "not-enough-history" | "upgrade-required" | "invalid-body" | "payload-too-large" | "key-required" | "invalid-key" | "invalid-ticket" | "origin-not-allowed" | "rate-limited" | "unavailable" | "misconfigured" | "internal";
            parameter?: string;
            accepted?: string[];
            requestId: string;
        };
        Symbols: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            symbols: {
                /** @example BTC */
                symbol: string;
                price: number | null;
                openInterestUsd: number | null;
                /** @description Traded value of the last 24 hours; null before a whole day is known. */
                volumeUsd: number | null;
                coverageRatio: number | null;
                /** @description True when open interest or daily volume is too small for the map to mean much. */
                thin: boolean;
                thinReason?: string;
                /** @description Exchanges in its map right now. */
                exchanges: string[];
            }[];
        };
        Exchanges: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            exchanges: {
                /** @example binance */
                id: string;
                /** @example Binance USD-M */
                name: string;
                /** @enum {string} */
                state: "live" | "degraded" | "stale" | "blocked" | "off";
                ageMs: number | null;
                openInterestUsd: number | null;
                modelled: boolean;
                reason?: string;
                /** @description What this exchange does not offer publicly; it is left out, never guessed. */
                lacks: {
                    what: string;
                    note: string;
                }[];
                /** @description The feed's own figures; null when it cannot be reached right now. */
                feed: {
                    /** @description The exchange's clock minus ours, by the freshest stamp of its latest answers; null where no answer tells its clock. */
                    skewMs: number | null;
                    /**
                     * @description Whether the exchange is asked: `closed` freely, `open` not at all until `untilMs`, `half-open` by one request that decides.
                     * @example {
                     *       "state": "open",
                     *       "cause": "banned",
                     *       "reason": "HTTP 418: IP banned until 1768092720000",
                     *       "sinceMs": 1768092600000,
                     *       "untilMs": 1768092721000,
                     *       "waits": 1
                     *     }
                     */
                    breaker: {
                        /** @enum {string} */
                        state: "closed" | "open" | "half-open";
                        /**
                         * @description Of the present or the latest wait.
                         * @enum {string|null}
                         */
                        cause: "blocked" | "rate-limited" | "banned" | "maintenance" | "failing" | null;
                        /** @description What the exchange said; null while it is asked freely. */
                        reason: string | null;
                        /** @description When this state began, ms UTC. */
                        sinceMs: number;
                        /** @description When the exchange is asked again; null while it is asked freely, ms UTC. */
                        untilMs: number | null;
                        /** @description Waits in a row for this cause: they grow. */
                        waits: number;
                    };
                    /** @description Documented weight, and how much of it the running window has used. */
                    budget: {
                        used: number;
                        limit: number;
                        windowMs: number;
                        source: string;
                    };
                    requests: number;
                    /** @description Polls that were not sent because the budget was spent. */
                    deferred: number;
                    outcomes: {
                        [key: string]: number;
                    };
                    /** @description The latest refusal of each outcome, in the exchange's words. */
                    lastReasons: {
                        [key: string]: string;
                    };
                    /** @description Rows that could not be read, by kind of payload; refused subscriptions too. */
                    rejects: {
                        [key: string]: {
                            count: number;
                            lastReason: string;
                            lastSample: string;
                        };
                    };
                    /** @description Readable figures that cannot be true: not applied. */
                    quarantined: {
                        count: number;
                        last: {
                            symbol: string;
                            kind: string;
                            reason: string;
                            sample: string;
                            at: number;
                        } | null;
                    };
                    /** @description The liquidation stream; null where there is none, or the operator wants none. */
                    stream: {
                        /**
                         * @description `open`: liquidations are listened to; `waiting`: for the next try to connect.
                         * @enum {string}
                         */
                        state: "idle" | "connecting" | "subscribing" | "open" | "waiting";
                        /** @description When this state began, ms UTC. */
                        sinceMs: number;
                        /**
                         * @description Why the latest connection was given up; null while none was.
                         * @example silent for more than 50000 ms
                         */
                        reason: string | null;
                        /** @description When anything was heard last, ms UTC. */
                        lastMessageMs: number | null;
                        messages: number;
                        /** @description Connections given up; what was missed meanwhile stays missing. */
                        reconnects: number;
                        /** @description The latest time without listening. */
                        lastGap: {
                            /** @description Last message before, ms UTC. */
                            fromMs: number;
                            /** @description Listening again, ms UTC. */
                            toMs: number;
                        } | null;
                        /** @description What is kept of the exchange's documented rules for streams. */
                        rules: {
                            /** @description We ping at least this often; null where the exchange pings. */
                            pingMs: number | null;
                            /** @description The exchange wants to hear us this often, if it says. */
                            heardWithinMs: number | null;
                            /** @description A connection silent for longer is given up. */
                            silenceMs: number;
                            /** @description True where listening begins with the exchange's answer to the subscription. */
                            acknowledged: boolean;
                            source: string;
                        };
                    } | null;
                } | null;
                /** @description What its public feed of liquidations contains. */
                liquidationFeed: {
                    /** @enum {string} */
                    completeness: "all" | "sampled" | "delayed" | "none";
                    note: string;
                    source: string;
                };
                symbols: {
                    symbol: string;
                    id: string;
                    /** @enum {string} */
                    state: "live" | "degraded" | "stale" | "blocked" | "off";
                    ageMs: number | null;
                    openInterestUsd: number | null;
                    modelled: boolean;
                    reason?: string;
                }[];
            }[];
        };
        Heatmap: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            /** @example BTC */
            symbol: string;
            /** @enum {string} */
            range: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
            /**
             * @description Width of a column.
             * @example 300000
             */
            intervalMs: number;
            filter: components["schemas"]["Filter"];
            /**
             * @description Of all prices and sizes here, coverage apart.
             * @enum {string}
             */
            currency: "USD" | "EUR";
            /** @description Units of the currency for one USD; null where nothing is converted. */
            rate: {
                value: number;
                source: string;
                timeMs: number;
            } | null;
            /**
             * @description Newest price of the first exchange that the filter leaves in the map.
             * @example 97000
             */
            price: number | null;
            /**
             * @description Start of each column, ms UTC.
             * @example [
             *       1768092600000
             *     ]
             */
            columns: number[];
            /**
             * @description Lower price of each level, ascending; level i ends where level i + 1 begins.
             * @example [
             *       96000.5
             *     ]
             */
            prices: number[];
            /**
             * @description [column index, level index, estimated USD], non-empty ones only: what stands at the end of the column. With delta: its change, signed.
             * @example [
             *       [
             *         0,
             *         0,
             *         1250000
             *       ]
             *     ]
             */
            cells: number[][];
            /**
             * @description [startMs, open, high, low, close, volumeBase], one per column.
             * @example [
             *       [
             *         1768092600000,
             *         97000,
             *         97100,
             *         96900,
             *         97050,
             *         12.5
             *       ]
             *     ]
             */
            candles: number[][];
            /** @description True when the last column is still open. */
            live: boolean;
            /** @description Oldest column there is in this range. */
            availableFromMs: number | null;
            /** @description Columns written after the fact. */
            backfilledColumns: number[];
            /** @description Bucket of the first level: its price in USD = e^(bucket × 0.0005). */
            firstBucket: number;
            bucketsPerLevel: number;
            /**
             * @description With delta: columns (their index) that have no change, since an exchange was in the map at one of its two ends only.
             * @example []
             */
            uncomparedColumns: number[];
            /** @description With delta: what the changes are made of, for closed columns that end with a half hour and the levels listed. There a cell is exactly opened − closed − swept + moved; elsewhere it is the difference of stored columns, which are coded to 2.2 %. */
            deltaSplit: {
                columns: {
                    /** @description Index of the column. */
                    column: number;
                    /** @description Where the column's change begins, ms UTC. */
                    fromMs: number;
                    /** @description Level of the first amount; the next ones follow upward. */
                    firstLevel: number;
                    /**
                     * @example [
                     *       1250000
                     *     ]
                     */
                    opened: number[];
                    /**
                     * @example [
                     *       1250000
                     *     ]
                     */
                    closed: number[];
                    /**
                     * @example [
                     *       1250000
                     *     ]
                     */
                    swept: number[];
                    /**
                     * @description Top-ups and funding; negative where size left the level.
                     * @example [
                     *       1250000
                     *     ]
                     */
                    moved: number[];
                }[];
            } | null;
            /**
             * @description Why changes are not split, or not in every column whose end is a half hour's; null without delta.
             * @example null
             */
            deltaSplitReason: string | null;
        };
        Filter: {
            exchange: ("binance" | "bybit" | "okx" | "hyperliquid" | "bitget" | "gate" | "dydx" | "gmx")[];
            /**
             * @example [
             *       50,
             *       100
             *     ]
             */
            leverage: number[];
            /** @enum {string} */
            age: "1h" | "24h" | "7d" | "all";
            /** @enum {string} */
            side: "both" | "long" | "short";
            /** @enum {string} */
            mode: "exposed" | "expected";
            /** @enum {string|null} */
            delta: "1h" | "4h" | "24h" | null;
            /**
             * @description Leverage weights of the reader; absent = the model's.
             * @example {
             *       "25": 0.06
             *     }
             */
            weights?: {
                [key: string]: number;
            };
        };
        LiquidationMap: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            symbol: string;
            filter: components["schemas"]["Filter"];
            /**
             * @description Of all prices and sizes here, coverage apart.
             * @enum {string}
             */
            currency: "USD" | "EUR";
            /** @description Units of the currency for one USD; null where nothing is converted. */
            rate: {
                value: number;
                source: string;
                timeMs: number;
            } | null;
            price: number | null;
            bucketsPerLevel: number;
            levels: {
                /**
                 * @description Lower price of the level.
                 * @example 96000
                 */
                price: number;
                longUsd: number;
                shortUsd: number;
                /** @description Estimated: quantiles of the level under other plausible leverage weights, distances and shares. Null for a change over time, and without a price. */
                estimatedBand: {
                    long: {
                        p10Usd: number;
                        p50Usd: number;
                        p90Usd: number;
                    };
                    short: {
                        p10Usd: number;
                        p50Usd: number;
                        p90Usd: number;
                    };
                } | null;
                /**
                 * @example {
                 *       "50": 1250000
                 *     }
                 */
                byLeverage: {
                    [key: string]: number;
                };
                /**
                 * @example {
                 *       "binance": 1250000
                 *     }
                 */
                byExchange: {
                    [key: string]: number;
                };
            }[];
            /** @description Sums outward from the price: longs downward, shorts upward. */
            cumulative: {
                price: number;
                longUsd: number;
                shortUsd: number;
            }[];
            /** @description All of each side with a known liquidation price; the rest of open interest is not drawn. */
            totals: {
                longUsd: number;
                shortUsd: number;
            };
            /**
             * @description When a change begins: with the half hour in which the period began if it can be split, else with a column; null without delta.
             * @example null
             */
            deltaFromMs: number | null;
            /**
             * @description Exchanges that a change leaves out: they were in the map at one of its two ends only, and came or went with all they hold.
             * @example []
             */
            notCompared: ("binance" | "bybit" | "okx" | "hyperliquid" | "bitget" | "gate" | "dydx" | "gmx")[];
            /** @description With delta: what the change is made of. Between the stated prices each level's longUsd and shortUsd are exactly opened − closed − swept + moved, and byExchange what each exchange's own split adds up to; byLeverage stay differences of stored columns, which are coded to 2.2 %. */
            deltaSplit: {
                /** @description Where the change begins, ms UTC: a half hour's begin. */
                fromMs: number;
                /** @description Prices between which the side's change is split; null = nothing happened any further. */
                long: {
                    fromPrice: number | null;
                    toPrice: number | null;
                };
                /** @description Prices between which the side's change is split; null = nothing happened any further. */
                short: {
                    fromPrice: number | null;
                    toPrice: number | null;
                };
                levels: {
                    /**
                     * @description Lower price of the level.
                     * @example 96000
                     */
                    price: number;
                    opened: {
                        longUsd: number;
                        shortUsd: number;
                    };
                    closed: {
                        longUsd: number;
                        shortUsd: number;
                    };
                    swept: {
                        longUsd: number;
                        shortUsd: number;
                    };
                    /** @description Top-ups and funding; negative where size left the level. */
                    moved: {
                        longUsd: number;
                        shortUsd: number;
                    };
                }[];
            } | null;
            /**
             * @description Why a change is not split; null where it is, and without delta.
             * @example null
             */
            deltaSplitReason: string | null;
        };
        Bars: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            symbol: string;
            intervalMs: number;
            fromMs: number;
            toMs: number;
            /** @description How far back the data reaches, ms UTC; null while nothing is stored. */
            availableFromMs: number | null;
            /** @description Set when more was asked for than one answer holds: go on with `from` here. Also a Link header. */
            nextFromMs: number | null;
            bars: {
                exchange: string;
                startMs: number;
                open: number | null;
                high: number | null;
                low: number | null;
                close: number | null;
                volumeBase: number | null;
                /** @description Null where the exchange does not tell. */
                takerBuyBase: number | null;
                /** @description One side, end of the bar. */
                openInterestBase: number | null;
                openInterestUsd: number | null;
                /** @description Where the sides differ; openInterestBase is then their mean. 1m only. */
                openInterestSides?: {
                    longBase: number;
                    shortBase: number;
                };
                /** @description Fraction charged in this bar; positive: longs pay. */
                fundingRate: number | null;
                /** @description Reported by the exchange, never estimated. */
                observedLongLiquidationUsd: number | null;
                observedShortLiquidationUsd: number | null;
                /** @description No open interest of its own arrived. */
                openInterestCarried: boolean;
                fromHistory: boolean;
                takerSellBase: number | null;
                /** @description Taker buys less taker sells, added up from `cvdFromMs`. */
                cvdBase: number | null;
                /** @description Against the bar before; every contract has a long and a short, so both sides change alike. */
                longOpenInterestChangeBase: number | null;
                shortOpenInterestChangeBase: number | null;
                /** @description Not yet charged, fraction per `runningFundingIntervalMs`. */
                runningFundingRate: number | null;
                runningFundingIntervalMs: number | null;
                markPrice: number | null;
                indexPrice: number | null;
                /** @description USD within `depthBands` of the mid price, mean of the books seen. */
                depth: {
                    bidUsd: number[];
                    askUsd: number[];
                    bidReach: number;
                    /** @description How far the book was received; a wider band is a lower bound. */
                    askReach: number;
                } | null;
                /** @description Whole minutes in which the liquidation feed was listened to. */
                listenedMinutes: number | null;
                /** @description Liquidations are given, but nobody listened during some of the bar: they are lower bounds. Where nobody listened and nothing was reported they are null. */
                observedPartly: boolean;
                /** @description Set when minutes of this wider bar could not be had, in a bar made of minutes because its exchange was late at the bar's end: the figures are of the other minutes. */
                missingMinutes?: number;
                /** @description Set when minutes could not be had: why. */
                missingReason?: string;
            }[];
            /** @description Where the cumulative volume delta of this answer starts at 0. */
            cvdFromMs: number;
            /** @description Half widths of the depth sums, fractions of the mid price. */
            depthBands: number[];
            /** @description The exchanges of this answer together, per column. */
            totals: {
                startMs: number;
                /** @description Exchanges with prices here. */
                exchanges: number;
                openInterestUsd: number | null;
                /** @description Of the exchanges whose open interest is known twice. */
                openInterestChangeBase: number | null;
                takerBuyBase: number | null;
                takerSellBase: number | null;
                cvdBase: number | null;
                /** @description Running rates per 8 hours, weighted by open interest. */
                fundingRate8h: number | null;
                observedLongLiquidationUsd: number | null;
                observedShortLiquidationUsd: number | null;
                /** @description Exchanges whose liquidation feed was listened to in every minute: fewer make the sums lower bounds. */
                listenedExchanges: number;
                depthBidUsd: number[] | null;
                depthAskUsd: number[] | null;
            }[];
        };
        Models: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            presets: {
                /** @enum {string} */
                id: "exposed" | "expected" | "fresh";
                description: string;
                filter: {
                    /** @enum {string} */
                    mode: "exposed" | "expected";
                    /** @enum {string} */
                    age: "1h" | "24h" | "7d" | "all";
                };
            }[];
            parameters: {
                /** @example default */
                name: string;
                version: string;
                values: {
                    [key: string]: number | number[] | {
                        [key: string]: {
                            share: number;
                            floorUsdPerMinute: number | null;
                            flowWeights: number[] | null;
                        };
                    };
                };
                provenance: {
                    [key: string]: {
                        /** @enum {string} */
                        source: "data" | "sim" | "docs" | "literature" | "assumed";
                        note: string;
                    };
                };
            };
            exchanges: {
                /** @enum {string} */
                id: "binance" | "bybit" | "okx" | "hyperliquid" | "bitget" | "gate" | "dydx" | "gmx";
                /** @description How much of its liquidations the exchange's public feed shows. */
                feed: {
                    /** @enum {string} */
                    completeness: "all" | "sampled" | "delayed" | "none";
                    note: string;
                    source: string;
                };
                symbols: {
                    /** @example BTC */
                    symbol: string;
                    /** @description Reported USD per swept USD, before any factor. */
                    reportedShare: number;
                    /** @description Minutes learned from, fading over 30 days. */
                    observedMinutes: number;
                    tiers: {
                        /** @example 25 */
                        leverage: number;
                        /** @description Share of opened size that this tier is taken to have. */
                        flowWeight: number;
                        /**
                         * @description How much more (above 1) or less is reported of this tier's swept value than assumed, ¼ to 4.
                         * @example 1
                         */
                        factor: number;
                        /** @description One standard deviation of the factor, √α/β; null before any evidence. */
                        uncertainty: number | null;
                        /**
                         * @description learned: the evidence weighs more than the prior and holds 20 independent sweeps.
                         * @enum {string}
                         */
                        source: "assumed" | "learned";
                        /** @description Sweeps an hour apart, fading over 30 days. */
                        independentSweeps: number;
                    }[];
                }[];
            }[];
        };
        Usage: {
            /** @example 3f0c2b7a9d1e4c58 */
            id: string;
            /** @example my dashboard */
            name: string;
            plan: {
                /** @example free */
                id: string;
                /** @example 1200 */
                perMinute: number;
                /** @example 400 */
                perTenSeconds: number;
                /**
                 * @description Open streams per symbol.
                 * @example 50
                 */
                streams: number;
            };
            /**
             * @example [
             *       "https://example.org"
             *     ]
             */
            origins: string[];
            /** @example 1768092600000 */
            createdMs: number;
            /**
             * @description UTC days with requests, the last 90; refused ones are among them.
             * @example [
             *       {
             *         "dayMs": 1768089600000,
             *         "requests": 1204,
             *         "refused": 3
             *       }
             *     ]
             */
            days: {
                dayMs: number;
                requests: number;
                refused: number;
            }[];
        };
        StreamTicket: {
            /**
             * @description For `/v1/stream?ticket=`.
             * @example 3f0c2b7a9d1e4c58.1768092660000.9a…
             */
            ticket: string;
            /**
             * @description Until then it opens streams, ms UTC.
             * @example 1768092660000
             */
            expiresMs: number;
        };
        Liquidations: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            symbol: string;
            fromMs: number;
            toMs: number;
            /** @description How far back the data reaches, ms UTC; null while nothing is stored. */
            availableFromMs: number | null;
            /** @description Set when more was asked for than one answer holds: go on with `from` here. Also a Link header. */
            nextFromMs?: number | null;
            feeds: {
                exchange: string;
                /**
                 * @description sampled: sums are lower bounds.
                 * @enum {string}
                 */
                completeness: "all" | "sampled" | "delayed" | "none";
                note: string;
                source: string;
                /** @description Whether its stream is open now. */
                listening: boolean;
                listenedFromMs: number | null;
                listenedToMs: number | null;
            }[];
            /** @description Nobody listened then, and no exchange resends what was missed. */
            gaps: {
                exchange: string;
                fromMs: number;
                toMs: number;
            }[];
            /** @description Newest first. */
            events?: {
                exchange: string;
                timeMs: number;
                /**
                 * @description Side of the position.
                 * @enum {string}
                 */
                side: "long" | "short";
                price: number;
                /** @enum {string} */
                priceKind: "trigger" | "order" | "fill" | "bankruptcy";
                observedSizeBase: number;
                observedUsd: number;
                receivedMs: number;
            }[];
            nextCursor?: string | null;
            intervalMs?: number;
            /** @description Oldest first; null where nobody listened and nothing was reported. */
            bars?: {
                startMs: number;
                observedLongUsd: number | null;
                observedShortUsd: number | null;
                observedCount: number | null;
                byExchange: {
                    [key: string]: {
                        observedLongUsd: number | null;
                        observedShortUsd: number | null;
                        observedCount: number | null;
                        listenedMinutes: number;
                    };
                };
            }[];
        };
        Depth: {
            /**
             * @description Market time of the answer, ms UTC.
             * @example 1768092600000
             */
            asOf: number;
            /** @example flt2-default-ac1e6415 */
            modelVersion: string;
            /**
             * @description Anything but `live` is no real market.
             * @enum {string}
             */
            dataSource: "live" | "simulated" | "replay";
            coverage: components["schemas"]["Coverage"];
            /** @description True while no newer answer can be made: the last good one. */
            stale?: boolean;
            symbol: string;
            bucketsPerLevel: number;
            /** @description Now, the exchanges of the ladder together. */
            bands: {
                /**
                 * @description Half width, fraction of the mid price.
                 * @example 0.01
                 */
                band: number;
                bidUsd: number;
                askUsd: number;
                /** @description False where a book received ends inside the band: a lower bound. */
                complete: boolean;
            }[];
            exchanges: {
                id: string;
                bookTimeMs: number | null;
                ageMs: number | null;
                inLadder: boolean;
                midPrice: number | null;
                bands: {
                    /**
                     * @description Half width, fraction of the mid price.
                     * @example 0.01
                     */
                    band: number;
                    bidUsd: number;
                    askUsd: number;
                    /** @description False where a book received ends inside the band: a lower bound. */
                    complete: boolean;
                }[];
            }[];
            /** @description Within 5 % of the price, ascending; levels without anything are left out. */
            ladder: {
                /** @description Lower bound of the level. */
                price: number;
                bidUsd: number;
                askUsd: number;
                byExchange: {
                    [key: string]: {
                        bidUsd: number;
                        askUsd: number;
                    };
                };
                estimatedLongLiquidationUsd?: number;
                estimatedShortLiquidationUsd?: number;
            }[];
            depthBands?: number[];
            intervalMs?: number;
            fromMs?: number;
            toMs?: number;
            /** @description How far back the data reaches, ms UTC; null while nothing is stored. */
            availableFromMs?: number | null;
            /** @description Set when more was asked for than one answer holds: go on with `from` here. Also a Link header. */
            nextFromMs?: number | null;
            /** @description Given with `interval`: USD within `depthBands`, mean of the books seen. */
            history?: {
                startMs: number;
                bidUsd: number[] | null;
                askUsd: number[] | null;
                byExchange: {
                    [key: string]: {
                        bidUsd: number[];
                        askUsd: number[];
                        bidReach: number;
                        /** @description How far the book was received; a wider band is a lower bound. */
                        askReach: number;
                    } | null;
                };
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1767258005000,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "state": "live",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 568840924.798609,
                     *             "modelled": true,
                     *             "reason": "nothing heard yet"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "state": "live",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 302337457.59202707,
                     *             "modelled": true,
                     *             "reason": "nothing heard yet"
                     *           }
                     *         ]
                     *       },
                     *       "status": "ok",
                     *       "marketTime": 1767258006000,
                     *       "conservation": {
                     *         "ok": true,
                     *         "limit": 0.000001,
                     *         "worst": 1.9153384640518925e-15
                     *       },
                     *       "unreachable": [],
                     *       "clockSkewMs": {
                     *         "binance": null,
                     *         "bybit": null,
                     *         "okx": null
                     *       },
                     *       "symbols": [
                     *         {
                     *           "symbol": "BTC",
                     *           "asOf": 1767258005000,
                     *           "closedToMs": 1767258000000,
                     *           "price": 61428.34372301292,
                     *           "dayVolumeUsd": null,
                     *           "historyProgress": 1,
                     *           "historyFromMs": 1767225600000,
                     *           "worstConservationError": 1.9153384640518925e-15,
                     *           "backfilledColumns": 163,
                     *           "journalSequence": 6,
                     *           "waitingForD1": 0,
                     *           "coverageRatio": 1,
                     *           "thin": false,
                     *           "exchanges": [
                     *             {
                     *               "id": "binance",
                     *               "openInterestBase": 9260.235427534471,
                     *               "conservationError": 9.821507335209081e-16,
                     *               "long": {
                     *                 "openInterestBase": 9260.235427534471,
                     *                 "drawnBase": 847.0260774226313,
                     *                 "reservoirBase": 8413.20935011184
                     *               },
                     *               "short": {
                     *                 "openInterestBase": 9260.235427534471,
                     *                 "drawnBase": 929.3360790546202,
                     *                 "reservoirBase": 8330.899348479852
                     *               },
                     *               "modelledToMs": 1767258000000,
                     *               "nextMinuteMs": 1767258000000,
                     *               "startOpenInterestAssumed": true,
                     *               "missingMinutes": 0,
                     *               "gap": null,
                     *               "degradedMinutes": 431,
                     *               "clippedMinutes": 1,
                     *               "lateObservations": 0,
                     *               "doubtedPrices": 0,
                     *               "lastDoubtedPrice": null
                     *             },
                     *             {
                     *               "id": "bybit",
                     *               "openInterestBase": 4921.790809716432,
                     *               "conservationError": 7.391575440203065e-16,
                     *               "long": {
                     *                 "openInterestBase": 4921.790809716432,
                     *                 "drawnBase": 361.01989629363203,
                     *                 "reservoirBase": 4560.7709134228
                     *               },
                     *               "short": {
                     *                 "openInterestBase": 4921.790809716432,
                     *                 "drawnBase": 415.04006260517497,
                     *                 "reservoirBase": 4506.750747111257
                     *               },
                     *               "modelledToMs": 1767258000000,
                     *               "nextMinuteMs": 1767258000000,
                     *               "startOpenInterestAssumed": true,
                     *               "missingMinutes": 0,
                     *               "gap": null,
                     *               "degradedMinutes": 431,
                     *               "clippedMinutes": 0,
                     *               "lateObservations": 0,
                     *               "doubtedPrices": 0,
                     *               "lastDoubtedPrice": null
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "symbol": "ETH",
                     *           "asOf": 0,
                     *           "closedToMs": null,
                     *           "price": null,
                     *           "dayVolumeUsd": null,
                     *           "historyProgress": 0,
                     *           "historyFromMs": null,
                     *           "worstConservationError": 0,
                     *           "backfilledColumns": 0,
                     *           "journalSequence": 0,
                     *           "waitingForD1": 0,
                     *           "coverageRatio": null,
                     *           "thin": false,
                     *           "exchanges": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSymbols: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The symbols */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1767258005000,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "state": "live",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 568840924.798609,
                     *             "modelled": true,
                     *             "reason": "nothing heard yet"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "state": "live",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 302337457.59202707,
                     *             "modelled": true,
                     *             "reason": "nothing heard yet"
                     *           }
                     *         ]
                     *       },
                     *       "symbols": [
                     *         {
                     *           "symbol": "BTC",
                     *           "price": 61428.34372301292,
                     *           "openInterestUsd": 1060910190.1941901,
                     *           "volumeUsd": null,
                     *           "coverageRatio": 1,
                     *           "thin": false,
                     *           "exchanges": [
                     *             "binance",
                     *             "bybit"
                     *           ]
                     *         },
                     *         {
                     *           "symbol": "ETH",
                     *           "price": null,
                     *           "openInterestUsd": null,
                     *           "volumeUsd": null,
                     *           "coverageRatio": null,
                     *           "thin": false,
                     *           "exchanges": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Symbols"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExchanges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exchanges */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1767258005000,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "state": "live",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 568840924.798609,
                     *             "modelled": true,
                     *             "reason": "nothing heard yet"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "state": "live",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 302337457.59202707,
                     *             "modelled": true,
                     *             "reason": "nothing heard yet"
                     *           }
                     *         ]
                     *       },
                     *       "exchanges": [
                     *         {
                     *           "name": "Binance",
                     *           "lacks": [
                     *             {
                     *               "what": "leverage tiers",
                     *               "note": "need a signed request; a dated table of our own is used"
                     *             },
                     *             {
                     *               "what": "complete liquidations",
                     *               "note": "the stream sends one order per symbol and second: sums are lower bounds"
                     *             }
                     *           ],
                     *           "liquidationFeed": {
                     *             "completeness": "sampled",
                     *             "note": "one order per symbol and second; size is what was filled, price its average fill",
                     *             "source": "https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams"
                     *           },
                     *           "feed": {
                     *             "skewMs": null,
                     *             "breaker": {
                     *               "state": "closed",
                     *               "cause": null,
                     *               "reason": null,
                     *               "sinceMs": 1767254400000,
                     *               "untilMs": null,
                     *               "waits": 0
                     *             },
                     *             "budget": {
                     *               "used": 0,
                     *               "limit": 2400,
                     *               "windowMs": 60000,
                     *               "source": "https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info (read 2026-10)"
                     *             },
                     *             "requests": 1260,
                     *             "deferred": 0,
                     *             "outcomes": {
                     *               "ok": 1260
                     *             },
                     *             "lastReasons": {},
                     *             "rejects": {},
                     *             "quarantined": {
                     *               "count": 0,
                     *               "last": null
                     *             },
                     *             "stream": {
                     *               "state": "open",
                     *               "sinceMs": 1767254401000,
                     *               "reason": null,
                     *               "lastMessageMs": 1767258004000,
                     *               "messages": 3604,
                     *               "reconnects": 0,
                     *               "lastGap": null,
                     *               "rules": {
                     *                 "pingMs": null,
                     *                 "heardWithinMs": null,
                     *                 "silenceMs": 30000,
                     *                 "acknowledged": false,
                     *                 "source": "https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams (read 2026-11)"
                     *               }
                     *             }
                     *           },
                     *           "id": "binance",
                     *           "state": "live",
                     *           "ageMs": 2000,
                     *           "openInterestUsd": 568840924.798609,
                     *           "modelled": true,
                     *           "reason": "nothing heard yet",
                     *           "symbols": [
                     *             {
                     *               "symbol": "BTC",
                     *               "id": "binance",
                     *               "ageMs": 2000,
                     *               "openInterestUsd": 568840924.798609,
                     *               "modelled": true,
                     *               "state": "live"
                     *             },
                     *             {
                     *               "symbol": "ETH",
                     *               "id": "binance",
                     *               "state": "stale",
                     *               "ageMs": null,
                     *               "openInterestUsd": null,
                     *               "modelled": false,
                     *               "reason": "nothing heard yet"
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "name": "Bybit",
                     *           "lacks": [
                     *             {
                     *               "what": "taker side of volume",
                     *               "note": "candles do not split it; the newest trades give an estimate"
                     *             },
                     *             {
                     *               "what": "liquidation history",
                     *               "note": "no public list: what is missed while disconnected stays missing"
                     *             }
                     *           ],
                     *           "liquidationFeed": {
                     *             "completeness": "all",
                     *             "note": "every liquidation, in batches of 500 ms, at bankruptcy price",
                     *             "source": "https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation"
                     *           },
                     *           "feed": {
                     *             "skewMs": null,
                     *             "breaker": {
                     *               "state": "closed",
                     *               "cause": "rate-limited",
                     *               "reason": null,
                     *               "sinceMs": 1767254400000,
                     *               "untilMs": null,
                     *               "waits": 1
                     *             },
                     *             "budget": {
                     *               "used": 0,
                     *               "limit": 600,
                     *               "windowMs": 5000,
                     *               "source": "https://bybit-exchange.github.io/docs/v5/rate-limit (read 2026-10)"
                     *             },
                     *             "requests": 842,
                     *             "deferred": 0,
                     *             "outcomes": {
                     *               "ok": 841,
                     *               "rate-limited": 1
                     *             },
                     *             "lastReasons": {
                     *               "rate-limited": "10006: Too many visits!"
                     *             },
                     *             "rejects": {},
                     *             "quarantined": {
                     *               "count": 0,
                     *               "last": null
                     *             },
                     *             "stream": {
                     *               "state": "open",
                     *               "sinceMs": 1767254401000,
                     *               "reason": "silent for more than 50000 ms",
                     *               "lastMessageMs": 1767258004000,
                     *               "messages": 260,
                     *               "reconnects": 1,
                     *               "lastGap": {
                     *                 "fromMs": 1767256200000,
                     *                 "toMs": 1767256252000
                     *               },
                     *               "rules": {
                     *                 "pingMs": 15000,
                     *                 "heardWithinMs": 20000,
                     *                 "silenceMs": 50000,
                     *                 "acknowledged": true,
                     *                 "source": "https://bybit-exchange.github.io/docs/v5/ws/connect (read 2026-11)"
                     *               }
                     *             }
                     *           },
                     *           "id": "bybit",
                     *           "state": "live",
                     *           "ageMs": 2000,
                     *           "openInterestUsd": 302337457.59202707,
                     *           "modelled": true,
                     *           "reason": "nothing heard yet",
                     *           "symbols": [
                     *             {
                     *               "symbol": "BTC",
                     *               "id": "bybit",
                     *               "ageMs": 2000,
                     *               "openInterestUsd": 302337457.59202707,
                     *               "modelled": true,
                     *               "state": "live"
                     *             },
                     *             {
                     *               "symbol": "ETH",
                     *               "id": "bybit",
                     *               "state": "stale",
                     *               "ageMs": null,
                     *               "openInterestUsd": null,
                     *               "modelled": false,
                     *               "reason": "nothing heard yet"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Exchanges"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHeatmapSymbol: {
        parameters: {
            query?: {
                /** @description How far back; default 24h. */
                range?: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Only these leverage tiers, comma-separated. */
                leverage?: string;
                /** @description Only positions opened within this time. */
                age?: "1h" | "24h" | "7d" | "all";
                /** @description Only longs or only shorts. */
                side?: "both" | "long" | "short";
                /** @description exposed: open value with its liquidation price there. expected: the part expected to be force-sold. */
                mode?: "exposed" | "expected";
                /** @description Change over this time instead of the size; map and heatmap also say what it is made of (deltaSplit). */
                delta?: "1h" | "4h" | "24h";
                /** @description Leverage weights of your own, tier:share of opened size. Tiers not named keep the model's, and all together may be at most 1. The map is re-weighted as it is read. */
                weights?: string;
                /** @description A named view, see /v1/models: sets mode and age. */
                preset?: "exposed" | "expected" | "fresh";
                /** @description Height of a price level as a fraction of price, in steps of 0.0005. */
                bucket?: string;
                /** @description Answer as published by this moment, ms UTC, from stored columns that had ended by then; default now. Columns listed as backfilled were written after the fact. */
                asOf?: string;
                /** @description Currency of prices and sizes; default USD. EUR is converted at `rate`. */
                currency?: "USD" | "EUR";
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1767258005000,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 568840924.798609,
                     *             "modelled": true,
                     *             "state": "live"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 302337457.59202707,
                     *             "modelled": true,
                     *             "state": "live"
                     *           }
                     *         ],
                     *         "thin": false
                     *       },
                     *       "symbol": "BTC",
                     *       "range": "24h",
                     *       "intervalMs": 300000,
                     *       "filter": {
                     *         "exchange": [
                     *           "binance",
                     *           "bybit"
                     *         ],
                     *         "leverage": [
                     *           5,
                     *           10,
                     *           25,
                     *           50,
                     *           100
                     *         ],
                     *         "age": "all",
                     *         "side": "both",
                     *         "mode": "exposed",
                     *         "delta": null
                     *       },
                     *       "currency": "USD",
                     *       "rate": null,
                     *       "price": 61428.325,
                     *       "columns": [
                     *         1767225600000,
                     *         1767225900000
                     *       ],
                     *       "prices": [
                     *         54720.845,
                     *         55270.799
                     *       ],
                     *       "cells": [
                     *         [
                     *           0,
                     *           0,
                     *           60106
                     *         ],
                     *         [
                     *           0,
                     *           1,
                     *           55762
                     *         ]
                     *       ],
                     *       "candles": [
                     *         [
                     *           1767225600000,
                     *           60000,
                     *           60477.290639637766,
                     *           59976,
                     *           60453.109395879415,
                     *           600
                     *         ],
                     *         [
                     *           1767225900000,
                     *           60453.109395879415,
                     *           60686.83073771833,
                     *           60428.928152121065,
                     *           60662.56571143376,
                     *           600
                     *         ]
                     *       ],
                     *       "live": true,
                     *       "availableFromMs": 1767225600000,
                     *       "backfilledColumns": [
                     *         1767225600000,
                     *         1767225900000
                     *       ],
                     *       "firstBucket": 21820,
                     *       "bucketsPerLevel": 20,
                     *       "uncomparedColumns": [],
                     *       "deltaSplit": null,
                     *       "deltaSplitReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["Heatmap"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapSymbol: {
        parameters: {
            query?: {
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Only these leverage tiers, comma-separated. */
                leverage?: string;
                /** @description Only positions opened within this time. */
                age?: "1h" | "24h" | "7d" | "all";
                /** @description Only longs or only shorts. */
                side?: "both" | "long" | "short";
                /** @description exposed: open value with its liquidation price there. expected: the part expected to be force-sold. */
                mode?: "exposed" | "expected";
                /** @description Change over this time instead of the size; map and heatmap also say what it is made of (deltaSplit). */
                delta?: "1h" | "4h" | "24h";
                /** @description Leverage weights of your own, tier:share of opened size. Tiers not named keep the model's, and all together may be at most 1. The map is re-weighted as it is read. */
                weights?: string;
                /** @description A named view, see /v1/models: sets mode and age. */
                preset?: "exposed" | "expected" | "fresh";
                /** @description Height of a price level as a fraction of price, in steps of 0.0005. */
                bucket?: string;
                /** @description Answer as published by this moment, ms UTC, from stored columns that had ended by then; default now. Columns listed as backfilled were written after the fact. */
                asOf?: string;
                /** @description Currency of prices and sizes; default USD. EUR is converted at `rate`. */
                currency?: "USD" | "EUR";
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1767258005000,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 568840924.798609,
                     *             "modelled": true,
                     *             "state": "live"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 302337457.59202707,
                     *             "modelled": true,
                     *             "state": "live"
                     *           }
                     *         ],
                     *         "thin": false
                     *       },
                     *       "symbol": "BTC",
                     *       "filter": {
                     *         "exchange": [
                     *           "binance",
                     *           "bybit"
                     *         ],
                     *         "leverage": [
                     *           5,
                     *           10,
                     *           25,
                     *           50,
                     *           100
                     *         ],
                     *         "age": "all",
                     *         "side": "both",
                     *         "mode": "exposed",
                     *         "delta": null
                     *       },
                     *       "currency": "USD",
                     *       "rate": null,
                     *       "price": 61428.325,
                     *       "bucketsPerLevel": 20,
                     *       "levels": [
                     *         {
                     *           "price": 35954.157,
                     *           "longUsd": 28941,
                     *           "shortUsd": 0,
                     *           "estimatedBand": {
                     *             "long": {
                     *               "p10Usd": 0,
                     *               "p50Usd": 13597,
                     *               "p90Usd": 232378
                     *             },
                     *             "short": {
                     *               "p10Usd": 0,
                     *               "p50Usd": 0,
                     *               "p90Usd": 0
                     *             }
                     *           },
                     *           "byLeverage": {
                     *             "5": 25015,
                     *             "10": 3927
                     *           },
                     *           "byExchange": {
                     *             "binance": 14643,
                     *             "bybit": 9099,
                     *             "okx": 5199
                     *           }
                     *         },
                     *         {
                     *           "price": 36315.503,
                     *           "longUsd": 40421,
                     *           "shortUsd": 0,
                     *           "estimatedBand": {
                     *             "long": {
                     *               "p10Usd": 0,
                     *               "p50Usd": 24602,
                     *               "p90Usd": 320851
                     *             },
                     *             "short": {
                     *               "p10Usd": 0,
                     *               "p50Usd": 0,
                     *               "p90Usd": 0
                     *             }
                     *           },
                     *           "byLeverage": {
                     *             "5": 33413,
                     *             "10": 7008
                     *           },
                     *           "byExchange": {
                     *             "binance": 20445,
                     *             "bybit": 12709,
                     *             "okx": 7267
                     *           }
                     *         }
                     *       ],
                     *       "cumulative": [
                     *         {
                     *           "price": 35954.157,
                     *           "longUsd": 76191025,
                     *           "shortUsd": 0
                     *         },
                     *         {
                     *           "price": 36315.503,
                     *           "longUsd": 76162084,
                     *           "shortUsd": 0
                     *         }
                     *       ],
                     *       "totals": {
                     *         "longUsd": 76191025,
                     *         "shortUsd": 115457418
                     *       },
                     *       "deltaFromMs": null,
                     *       "notCompared": [],
                     *       "deltaSplit": null,
                     *       "deltaSplitReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["LiquidationMap"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBarsSymbol: {
        parameters: {
            query?: {
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                interval?: "1m" | "5m" | "15m" | "30m" | "2h" | "6h" | "12h" | "1d";
                /** @description Start, ms UTC, inclusive. */
                from?: string;
                /** @description End, ms UTC, exclusive; default now. */
                to?: string;
                /** @description Intervals (or single reports) wanted, at most 1500; default 500. An answer holds 2 MB at most: where fewer intervals fill it, the default is that many, and more are read page by page. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bars, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1767258005000,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 568840924.798609,
                     *             "modelled": true,
                     *             "state": "live"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 302337457.59202707,
                     *             "modelled": true,
                     *             "state": "live"
                     *           }
                     *         ],
                     *         "thin": false
                     *       },
                     *       "symbol": "BTC",
                     *       "intervalMs": 60000,
                     *       "fromMs": 1767257760000,
                     *       "toMs": 1767258060000,
                     *       "availableFromMs": 1766998860000,
                     *       "nextFromMs": null,
                     *       "bars": [
                     *         {
                     *           "openInterestBase": null,
                     *           "openInterestUsd": null,
                     *           "exchange": "binance",
                     *           "startMs": 1767257760000,
                     *           "open": 61331.12812068276,
                     *           "high": 61396.23886681657,
                     *           "low": 61306.59566943449,
                     *           "close": 61371.69019074028,
                     *           "volumeBase": 40,
                     *           "takerBuyBase": 18,
                     *           "takerSellBase": 22,
                     *           "fundingRate": null,
                     *           "observedLongLiquidationUsd": null,
                     *           "observedShortLiquidationUsd": null,
                     *           "openInterestCarried": true,
                     *           "fromHistory": true,
                     *           "cvdBase": -4,
                     *           "longOpenInterestChangeBase": null,
                     *           "shortOpenInterestChangeBase": null,
                     *           "runningFundingRate": null,
                     *           "runningFundingIntervalMs": null,
                     *           "markPrice": null,
                     *           "indexPrice": null,
                     *           "depth": null,
                     *           "listenedMinutes": null,
                     *           "observedPartly": false
                     *         },
                     *         {
                     *           "openInterestBase": null,
                     *           "openInterestUsd": null,
                     *           "exchange": "bybit",
                     *           "startMs": 1767257760000,
                     *           "open": 61331.12812068276,
                     *           "high": 61396.23886681657,
                     *           "low": 61306.59566943449,
                     *           "close": 61371.69019074028,
                     *           "volumeBase": 40,
                     *           "takerBuyBase": 18,
                     *           "takerSellBase": 22,
                     *           "fundingRate": null,
                     *           "observedLongLiquidationUsd": null,
                     *           "observedShortLiquidationUsd": null,
                     *           "openInterestCarried": true,
                     *           "fromHistory": true,
                     *           "cvdBase": -4,
                     *           "longOpenInterestChangeBase": null,
                     *           "shortOpenInterestChangeBase": null,
                     *           "runningFundingRate": null,
                     *           "runningFundingIntervalMs": null,
                     *           "markPrice": null,
                     *           "indexPrice": null,
                     *           "depth": null,
                     *           "listenedMinutes": null,
                     *           "observedPartly": false
                     *         }
                     *       ],
                     *       "cvdFromMs": 1767257760000,
                     *       "depthBands": [
                     *         0.005,
                     *         0.01,
                     *         0.02
                     *       ],
                     *       "totals": [
                     *         {
                     *           "startMs": 1767257760000,
                     *           "exchanges": 3,
                     *           "openInterestUsd": null,
                     *           "openInterestChangeBase": null,
                     *           "takerBuyBase": 54,
                     *           "takerSellBase": 66,
                     *           "cvdBase": -12,
                     *           "fundingRate8h": null,
                     *           "observedLongLiquidationUsd": null,
                     *           "observedShortLiquidationUsd": null,
                     *           "listenedExchanges": 0,
                     *           "depthBidUsd": null,
                     *           "depthAskUsd": null
                     *         },
                     *         {
                     *           "startMs": 1767257820000,
                     *           "exchanges": 3,
                     *           "openInterestUsd": null,
                     *           "openInterestChangeBase": null,
                     *           "takerBuyBase": 54,
                     *           "takerSellBase": 66,
                     *           "cvdBase": -24,
                     *           "fundingRate8h": null,
                     *           "observedLongLiquidationUsd": null,
                     *           "observedShortLiquidationUsd": null,
                     *           "listenedExchanges": 0,
                     *           "depthBidUsd": null,
                     *           "depthAskUsd": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Bars"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1795803467944,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 0.47712487415301236,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "state": "live",
                     *             "ageMs": 67,
                     *             "openInterestUsd": 19153585226.841522,
                     *             "modelled": true
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "state": "live",
                     *             "ageMs": 215,
                     *             "openInterestUsd": 12113911517.3266,
                     *             "modelled": true
                     *           }
                     *         ]
                     *       },
                     *       "presets": [
                     *         {
                     *           "id": "exposed",
                     *           "filter": {
                     *             "mode": "exposed",
                     *             "age": "all"
                     *           },
                     *           "description": "Open value of positions by the price at which they would be liquidated, conserved to open interest."
                     *         },
                     *         {
                     *           "id": "expected",
                     *           "filter": {
                     *             "mode": "expected",
                     *             "age": "all"
                     *           },
                     *           "description": "The part of it expected to be force-sold there: stops, top-ups and closes come before liquidation."
                     *         },
                     *         {
                     *           "id": "fresh",
                     *           "filter": {
                     *             "mode": "exposed",
                     *             "age": "24h"
                     *           },
                     *           "description": "Open value of positions opened within 24 hours."
                     *         }
                     *       ],
                     *       "parameters": {
                     *         "name": "default",
                     *         "version": "default-ac1e6415",
                     *         "values": {
                     *           "flowWeights": [
                     *             0.2,
                     *             0.14,
                     *             0.06,
                     *             0.04,
                     *             0.03
                     *           ],
                     *           "churn": 0.4,
                     *           "feeds": {
                     *             "binance": {
                     *               "share": 0.09,
                     *               "floorUsdPerMinute": null,
                     *               "flowWeights": null
                     *             }
                     *           }
                     *         },
                     *         "provenance": {
                     *           "flowWeights": {
                     *             "source": "data",
                     *             "note": "Binance hourly fits, shrunk toward Hyperliquid's stock and Binance's 2019 flow"
                     *           },
                     *           "churn": {
                     *             "source": "data",
                     *             "note": "D² rises to 0.3 and is flat to 1 on BTC, ETH and SOL"
                     *           }
                     *         }
                     *       },
                     *       "exchanges": [
                     *         {
                     *           "id": "binance",
                     *           "feed": {
                     *             "completeness": "sampled",
                     *             "note": "one order per symbol and second; size is what was filled, price its average fill",
                     *             "source": "https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams"
                     *           },
                     *           "symbols": [
                     *             {
                     *               "symbol": "BTC",
                     *               "reportedShare": 0.09,
                     *               "observedMinutes": 0,
                     *               "tiers": [
                     *                 {
                     *                   "leverage": 5,
                     *                   "flowWeight": 0.2,
                     *                   "factor": 1,
                     *                   "uncertainty": null,
                     *                   "source": "assumed",
                     *                   "independentSweeps": 0
                     *                 },
                     *                 {
                     *                   "leverage": 10,
                     *                   "flowWeight": 0.14,
                     *                   "factor": 1,
                     *                   "uncertainty": null,
                     *                   "source": "assumed",
                     *                   "independentSweeps": 0
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "symbol": "ETH",
                     *               "reportedShare": 0.09,
                     *               "observedMinutes": 0,
                     *               "tiers": [
                     *                 {
                     *                   "leverage": 5,
                     *                   "flowWeight": 0.2,
                     *                   "factor": 1,
                     *                   "uncertainty": null,
                     *                   "source": "assumed",
                     *                   "independentSweeps": 0
                     *                 },
                     *                 {
                     *                   "leverage": 10,
                     *                   "flowWeight": 0.14,
                     *                   "factor": 1,
                     *                   "uncertainty": null,
                     *                   "source": "assumed",
                     *                   "independentSweeps": 0
                     *                 }
                     *               ]
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "id": "bybit",
                     *           "feed": {
                     *             "completeness": "all",
                     *             "note": "every liquidation, in batches of 500 ms, at bankruptcy price",
                     *             "source": "https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation"
                     *           },
                     *           "symbols": [
                     *             {
                     *               "symbol": "BTC",
                     *               "reportedShare": 0.25,
                     *               "observedMinutes": 0,
                     *               "tiers": [
                     *                 {
                     *                   "leverage": 5,
                     *                   "flowWeight": 0.2,
                     *                   "factor": 1,
                     *                   "uncertainty": null,
                     *                   "source": "assumed",
                     *                   "independentSweeps": 0
                     *                 },
                     *                 {
                     *                   "leverage": 10,
                     *                   "flowWeight": 0.14,
                     *                   "factor": 1,
                     *                   "uncertainty": null,
                     *                   "source": "assumed",
                     *                   "independentSweeps": 0
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "symbol": "ETH",
                     *               "reportedShare": 0.25,
                     *               "observedMinutes": 0,
                     *               "tiers": [
                     *                 {
                     *                   "leverage": 5,
                     *                   "flowWeight": 0.2,
                     *                   "factor": 1,
                     *                   "uncertainty": null,
                     *                   "source": "assumed",
                     *                   "independentSweeps": 0
                     *                 },
                     *                 {
                     *                   "leverage": 10,
                     *                   "flowWeight": 0.14,
                     *                   "factor": 1,
                     *                   "uncertainty": null,
                     *                   "source": "assumed",
                     *                   "independentSweeps": 0
                     *                 }
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Models"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Plan and usage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0c2b7a9d1e4c58",
                     *       "name": "my dashboard",
                     *       "plan": {
                     *         "id": "free",
                     *         "perMinute": 1200,
                     *         "perTenSeconds": 400,
                     *         "streams": 50
                     *       },
                     *       "origins": [],
                     *       "createdMs": 1768092600000,
                     *       "days": [
                     *         {
                     *           "dayMs": 1768089600000,
                     *           "requests": 1204,
                     *           "refused": 3
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Usage"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No key, or not a good one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key is tied to other origins */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStreamTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ticket": "3f0c2b7a9d1e4c58.1768092660000.9a0364b9e99bb480dd25e1f0284c8555f5a1b2c3d4e5f60718293a4b5c6d7e8f",
                     *       "expiresMs": 1768092660000
                     *     }
                     */
                    "application/json": components["schemas"]["StreamTicket"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No key, or not a good one */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key is tied to other origins */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLiquidationsSymbol: {
        parameters: {
            query?: {
                /** @description Single reports (default) or sums per interval. */
                as?: "events" | "bars";
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Side of the position; events only. */
                side?: "both" | "long" | "short";
                /** @description Only reports of at least this value; events only. */
                minUsd?: string;
                /** @description `nextCursor` of the answer before; events only. */
                cursor?: string;
                interval?: "1m" | "5m" | "15m" | "30m" | "2h" | "6h" | "12h" | "1d";
                /** @description Start, ms UTC, inclusive. */
                from?: string;
                /** @description End, ms UTC, exclusive; default now. */
                to?: string;
                /** @description Intervals (or single reports) wanted, at most 1500; default 500. An answer holds 2 MB at most: where fewer intervals fill it, the default is that many, and more are read page by page. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events or bars */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1795803485334,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "ageMs": 5302,
                     *             "openInterestUsd": 9007459492.5942,
                     *             "modelled": true,
                     *             "state": "live"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "ageMs": 5306,
                     *             "openInterestUsd": 5918669330.454999,
                     *             "modelled": true,
                     *             "state": "live"
                     *           }
                     *         ],
                     *         "thin": false
                     *       },
                     *       "symbol": "BTC",
                     *       "fromMs": 1795717140000,
                     *       "toMs": 1795803540000,
                     *       "availableFromMs": 1795544280000,
                     *       "feeds": [
                     *         {
                     *           "exchange": "binance",
                     *           "completeness": "sampled",
                     *           "note": "one order per symbol and second; size is what was filled, price its average fill",
                     *           "source": "https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams",
                     *           "listening": true,
                     *           "listenedFromMs": 1795803435450,
                     *           "listenedToMs": 1795803485124
                     *         },
                     *         {
                     *           "exchange": "bybit",
                     *           "completeness": "all",
                     *           "note": "every liquidation, in batches of 500 ms, at bankruptcy price",
                     *           "source": "https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation",
                     *           "listening": true,
                     *           "listenedFromMs": 1795803435059,
                     *           "listenedToMs": 1795803481070
                     *         }
                     *       ],
                     *       "gaps": [],
                     *       "events": [
                     *         {
                     *           "exchange": "gmx",
                     *           "timeMs": 1795783960000,
                     *           "side": "long",
                     *           "price": 105777,
                     *           "priceKind": "trigger",
                     *           "observedSizeBase": 0.009,
                     *           "observedUsd": 951.9929999999999,
                     *           "receivedMs": 1795803435809
                     *         },
                     *         {
                     *           "exchange": "gmx",
                     *           "timeMs": 1795774656000,
                     *           "side": "short",
                     *           "price": 106360.2,
                     *           "priceKind": "trigger",
                     *           "observedSizeBase": 0.037,
                     *           "observedUsd": 3935.3273999999997,
                     *           "receivedMs": 1795803435809
                     *         }
                     *       ],
                     *       "nextCursor": "MTc5NTc3NDY1NjAwMHxnbXh8c2hvcnQgMTA2MzYwLjIgMC4wMzcgMA"
                     *     }
                     */
                    "application/json": components["schemas"]["Liquidations"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDepthSymbol: {
        parameters: {
            query?: {
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Height of a price level as a fraction of price, in steps of 0.0005. */
                bucket?: string;
                /** @description Lay estimated liquidation levels on the ladder; default false. */
                levels?: "true" | "false";
                interval?: "1m" | "5m" | "15m" | "30m" | "2h" | "6h" | "12h" | "1d";
                /** @description Start, ms UTC, inclusive. */
                from?: string;
                /** @description End, ms UTC, exclusive; default now. */
                to?: string;
                /** @description Intervals (or single reports) wanted, at most 1500; default 500. An answer holds 2 MB at most: where fewer intervals fill it, the default is that many, and more are read page by page. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ladder */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1795803485334,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "ageMs": 5302,
                     *             "openInterestUsd": 9007459492.5942,
                     *             "modelled": true,
                     *             "state": "live"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "ageMs": 5306,
                     *             "openInterestUsd": 5918669330.454999,
                     *             "modelled": true,
                     *             "state": "live"
                     *           }
                     *         ],
                     *         "thin": false
                     *       },
                     *       "symbol": "BTC",
                     *       "bucketsPerLevel": 1,
                     *       "bands": [
                     *         {
                     *           "band": 0.005,
                     *           "bidUsd": 1804044772,
                     *           "askUsd": 1756702152,
                     *           "complete": false
                     *         },
                     *         {
                     *           "band": 0.01,
                     *           "bidUsd": 2265453384,
                     *           "askUsd": 2194928835,
                     *           "complete": false
                     *         }
                     *       ],
                     *       "exchanges": [
                     *         {
                     *           "id": "binance",
                     *           "bookTimeMs": 1795803485190,
                     *           "ageMs": 144,
                     *           "inLadder": true,
                     *           "midPrice": 105678.65,
                     *           "bands": [
                     *             {
                     *               "band": 0.005,
                     *               "bidUsd": 996615390,
                     *               "askUsd": 980492864,
                     *               "complete": true
                     *             },
                     *             {
                     *               "band": 0.01,
                     *               "bidUsd": 1458024002,
                     *               "askUsd": 1418719547,
                     *               "complete": true
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "id": "bybit",
                     *           "bookTimeMs": 1795803481115,
                     *           "ageMs": 4219,
                     *           "inLadder": true,
                     *           "midPrice": 105684.35,
                     *           "bands": [
                     *             {
                     *               "band": 0.005,
                     *               "bidUsd": 573604580,
                     *               "askUsd": 533864151,
                     *               "complete": false
                     *             },
                     *             {
                     *               "band": 0.01,
                     *               "bidUsd": 573604580,
                     *               "askUsd": 533864151,
                     *               "complete": false
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "ladder": [
                     *         {
                     *           "price": 100358.09,
                     *           "bidUsd": 0,
                     *           "askUsd": 0,
                     *           "byExchange": {},
                     *           "estimatedLongLiquidationUsd": 3232327,
                     *           "estimatedShortLiquidationUsd": 0
                     *         },
                     *         {
                     *           "price": 100408.28,
                     *           "bidUsd": 0,
                     *           "askUsd": 0,
                     *           "byExchange": {},
                     *           "estimatedLongLiquidationUsd": 3242036,
                     *           "estimatedShortLiquidationUsd": 0
                     *         }
                     *       ],
                     *       "depthBands": [
                     *         0.005,
                     *         0.01
                     *       ],
                     *       "intervalMs": 300000,
                     *       "history": []
                     *     }
                     */
                    "application/json": components["schemas"]["Depth"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTilesModelVersionSymbolLayerIntervalIndex: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As /v1/models and every answer name it. */
                modelVersion: string;
                /** @description Coin or pair; an exchange in front goes with its own layer only. */
                symbol: string;
                /** @description One of total, leverage-5, leverage-10, leverage-25, leverage-50, leverage-100, age-0-1h, age-1-24h, age-1-7d, age-7d+, exchange-binance, exchange-bybit, exchange-okx, exchange-hyperliquid, exchange-bitget, exchange-gate, exchange-dydx, exchange-gmx. */
                layer: string;
                /** @description Width of a column: one of 1m, 5m, 15m, 30m, 2h, 6h, 12h, 1d. */
                interval: string;
                /** @description floor(column start / (64 × interval)), and `.bin`. */
                index: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile, gzipped for who accepts that */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStream: {
        parameters: {
            query: {
                symbol: string;
                since?: string;
                ticket?: string;
                range?: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
                exchange?: string;
                leverage?: string;
                age?: "1h" | "24h" | "7d" | "all";
                side?: "both" | "long" | "short";
                mode?: "exposed" | "expected";
                delta?: "1h" | "4h" | "24h";
                weights?: string;
                preset?: "exposed" | "expected" | "fresh";
                format?: "json" | "bin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The ticket is not good any more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Asked without an upgrade */
            426: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvents: {
        parameters: {
            query: {
                symbol: string;
                since?: string;
                ticket?: string;
                range?: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
                exchange?: string;
                leverage?: string;
                age?: "1h" | "24h" | "7d" | "all";
                side?: "both" | "long" | "short";
                mode?: "exposed" | "expected";
                delta?: "1h" | "4h" | "24h";
                weights?: string;
                preset?: "exposed" | "expected" | "fresh";
            };
            header?: {
                /** @description `id` of the last event the client has; goes before `since`. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream, until either side ends it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 3120
                     *
                     *     event: resync
                     *     id: 4711
                     *     data: {"v":1,"type":"resync","seq":4711,"reason":"what was missing has been filled from history"}
                     *
                     *     : ping
                     */
                    "text/event-stream": string;
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The ticket or the key is not good */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests, or as many open streams as the plan allows */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The stream cannot be opened right now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # TYPE faultline_map_age_seconds gauge
                     *     # HELP faultline_map_age_seconds Market time since the newest state of a map.
                     *     faultline_map_age_seconds{symbol="BTC"} 0.9
                     *     # EOF
                     */
                    "application/openmetrics-text; version=1.0.0; charset=utf-8": string;
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "id": "3f0c2b7a9d1e4c58",
                     *           "kind": "live",
                     *           "name": "my dashboard",
                     *           "plan": "free",
                     *           "origins": [],
                     *           "createdMs": 1768092600000,
                     *           "revokedMs": null,
                     *           "masked": "fl_live_0123…"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        keys: {
                            id: string;
                            /** @enum {string} */
                            kind: "live" | "pub";
                            name: string;
                            plan: string;
                            origins: string[];
                            createdMs: number;
                            revokedMs: number | null;
                            /** @description First characters of the key, to recognise it by; null for keys of before these were kept. */
                            masked: string | null;
                        }[];
                    };
                };
            };
            /** @description The body is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the operator's token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such key, or no operator's token set */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "my dashboard",
                 *       "plan": "free"
                 *     }
                 */
                "application/json": {
                    name: string;
                    /**
                     * @default live
                     * @enum {string}
                     */
                    kind?: "live" | "pub";
                    /**
                     * @default free
                     * @enum {string}
                     */
                    plan?: "free" | "pro";
                    /** @default [] */
                    origins?: string[];
                };
            };
        };
        responses: {
            /** @description The key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0c2b7a9d1e4c58",
                     *       "kind": "live",
                     *       "name": "my dashboard",
                     *       "plan": "free",
                     *       "origins": [],
                     *       "createdMs": 1768092600000,
                     *       "revokedMs": null,
                     *       "masked": "fl_live_0123…",
                     *       "key": "fl_live_0123456789ABCDEFGHIJKLMNOPQRST3Qizth"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "live" | "pub";
                        name: string;
                        plan: string;
                        origins: string[];
                        createdMs: number;
                        revokedMs: number | null;
                        /** @description First characters of the key, to recognise it by; null for keys of before these were kept. */
                        masked: string | null;
                        key?: string;
                    };
                };
            };
            /** @description The body is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the operator's token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such key, or no operator's token set */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminKeysId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0c2b7a9d1e4c58 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is revoked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0c2b7a9d1e4c58",
                     *       "revoked": true
                     *     }
                     */
                    "application/json": {
                        id?: string;
                        revoked?: boolean;
                    };
                };
            };
            /** @description The body is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the operator's token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such key, or no operator's token set */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHeatmapSymbolJson: {
        parameters: {
            query?: {
                /** @description How far back; default 24h. */
                range?: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Only these leverage tiers, comma-separated. */
                leverage?: string;
                /** @description Only positions opened within this time. */
                age?: "1h" | "24h" | "7d" | "all";
                /** @description Only longs or only shorts. */
                side?: "both" | "long" | "short";
                /** @description exposed: open value with its liquidation price there. expected: the part expected to be force-sold. */
                mode?: "exposed" | "expected";
                /** @description Change over this time instead of the size; map and heatmap also say what it is made of (deltaSplit). */
                delta?: "1h" | "4h" | "24h";
                /** @description Leverage weights of your own, tier:share of opened size. Tiers not named keep the model's, and all together may be at most 1. The map is re-weighted as it is read. */
                weights?: string;
                /** @description A named view, see /v1/models: sets mode and age. */
                preset?: "exposed" | "expected" | "fresh";
                /** @description Height of a price level as a fraction of price, in steps of 0.0005. */
                bucket?: string;
                /** @description Answer as published by this moment, ms UTC, from stored columns that had ended by then; default now. Columns listed as backfilled were written after the fact. */
                asOf?: string;
                /** @description Currency of prices and sizes; default USD. EUR is converted at `rate`. */
                currency?: "USD" | "EUR";
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": 1767258005000,
                     *       "modelVersion": "flt2-default-ac1e6415",
                     *       "dataSource": "simulated",
                     *       "coverage": {
                     *         "ratio": 1,
                     *         "exchanges": [
                     *           {
                     *             "id": "binance",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 568840924.798609,
                     *             "modelled": true,
                     *             "state": "live"
                     *           },
                     *           {
                     *             "id": "bybit",
                     *             "ageMs": 2000,
                     *             "openInterestUsd": 302337457.59202707,
                     *             "modelled": true,
                     *             "state": "live"
                     *           }
                     *         ],
                     *         "thin": false
                     *       },
                     *       "symbol": "BTC",
                     *       "range": "24h",
                     *       "intervalMs": 300000,
                     *       "filter": {
                     *         "exchange": [
                     *           "binance",
                     *           "bybit"
                     *         ],
                     *         "leverage": [
                     *           5,
                     *           10,
                     *           25,
                     *           50,
                     *           100
                     *         ],
                     *         "age": "all",
                     *         "side": "both",
                     *         "mode": "exposed",
                     *         "delta": null
                     *       },
                     *       "currency": "USD",
                     *       "rate": null,
                     *       "price": 61428.325,
                     *       "columns": [
                     *         1767225600000,
                     *         1767225900000
                     *       ],
                     *       "prices": [
                     *         54720.845,
                     *         55270.799
                     *       ],
                     *       "cells": [
                     *         [
                     *           0,
                     *           0,
                     *           60106
                     *         ],
                     *         [
                     *           0,
                     *           1,
                     *           55762
                     *         ]
                     *       ],
                     *       "candles": [
                     *         [
                     *           1767225600000,
                     *           60000,
                     *           60477.290639637766,
                     *           59976,
                     *           60453.109395879415,
                     *           600
                     *         ],
                     *         [
                     *           1767225900000,
                     *           60453.109395879415,
                     *           60686.83073771833,
                     *           60428.928152121065,
                     *           60662.56571143376,
                     *           600
                     *         ]
                     *       ],
                     *       "live": true,
                     *       "availableFromMs": 1767225600000,
                     *       "backfilledColumns": [
                     *         1767225600000,
                     *         1767225900000
                     *       ],
                     *       "firstBucket": 21820,
                     *       "bucketsPerLevel": 20,
                     *       "uncomparedColumns": [],
                     *       "deltaSplit": null,
                     *       "deltaSplitReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["Heatmap"];
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHeatmapSymbolCsv: {
        parameters: {
            query?: {
                /** @description How far back; default 24h. */
                range?: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Only these leverage tiers, comma-separated. */
                leverage?: string;
                /** @description Only positions opened within this time. */
                age?: "1h" | "24h" | "7d" | "all";
                /** @description Only longs or only shorts. */
                side?: "both" | "long" | "short";
                /** @description exposed: open value with its liquidation price there. expected: the part expected to be force-sold. */
                mode?: "exposed" | "expected";
                /** @description Change over this time instead of the size; map and heatmap also say what it is made of (deltaSplit). */
                delta?: "1h" | "4h" | "24h";
                /** @description Leverage weights of your own, tier:share of opened size. Tiers not named keep the model's, and all together may be at most 1. The map is re-weighted as it is read. */
                weights?: string;
                /** @description A named view, see /v1/models: sets mode and age. */
                preset?: "exposed" | "expected" | "fresh";
                /** @description Height of a price level as a fraction of price, in steps of 0.0005. */
                bucket?: string;
                /** @description Answer as published by this moment, ms UTC, from stored columns that had ended by then; default now. Columns listed as backfilled were written after the fact. */
                asOf?: string;
                /** @description Currency of prices and sizes; default USD. EUR is converted at `rate`. */
                currency?: "USD" | "EUR";
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example symbol,startMs,priceLow,priceHigh,estimatedUsd,asOf,modelVersion,dataSource
                     *     BTC,1768092600000,96000.5,96048.512,1250000,1768092600000,flt2-default-ac1e6415,live
                     */
                    "text/csv": string;
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHeatmapSymbolBin: {
        parameters: {
            query?: {
                /** @description How far back; default 24h. */
                range?: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Only these leverage tiers, comma-separated. */
                leverage?: string;
                /** @description Only positions opened within this time. */
                age?: "1h" | "24h" | "7d" | "all";
                /** @description Only longs or only shorts. */
                side?: "both" | "long" | "short";
                /** @description exposed: open value with its liquidation price there. expected: the part expected to be force-sold. */
                mode?: "exposed" | "expected";
                /** @description Change over this time instead of the size; map and heatmap also say what it is made of (deltaSplit). */
                delta?: "1h" | "4h" | "24h";
                /** @description Leverage weights of your own, tier:share of opened size. Tiers not named keep the model's, and all together may be at most 1. The map is re-weighted as it is read. */
                weights?: string;
                /** @description A named view, see /v1/models: sets mode and age. */
                preset?: "exposed" | "expected" | "fresh";
                /** @description Height of a price level as a fraction of price, in steps of 0.0005. */
                bucket?: string;
                /** @description Answer as published by this moment, ms UTC, from stored columns that had ended by then; default now. Columns listed as backfilled were written after the fact. */
                asOf?: string;
                /** @description Currency of prices and sizes; default USD. EUR is converted at `rate`. */
                currency?: "USD" | "EUR";
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHeatmapSymbolParquet: {
        parameters: {
            query?: {
                /** @description How far back; default 24h. */
                range?: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Only these leverage tiers, comma-separated. */
                leverage?: string;
                /** @description Only positions opened within this time. */
                age?: "1h" | "24h" | "7d" | "all";
                /** @description Only longs or only shorts. */
                side?: "both" | "long" | "short";
                /** @description exposed: open value with its liquidation price there. expected: the part expected to be force-sold. */
                mode?: "exposed" | "expected";
                /** @description Change over this time instead of the size; map and heatmap also say what it is made of (deltaSplit). */
                delta?: "1h" | "4h" | "24h";
                /** @description Leverage weights of your own, tier:share of opened size. Tiers not named keep the model's, and all together may be at most 1. The map is re-weighted as it is read. */
                weights?: string;
                /** @description A named view, see /v1/models: sets mode and age. */
                preset?: "exposed" | "expected" | "fresh";
                /** @description Height of a price level as a fraction of price, in steps of 0.0005. */
                bucket?: string;
                /** @description Answer as published by this moment, ms UTC, from stored columns that had ended by then; default now. Columns listed as backfilled were written after the fact. */
                asOf?: string;
                /** @description Currency of prices and sizes; default USD. EUR is converted at `rate`. */
                currency?: "USD" | "EUR";
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHeatmapSymbolPng: {
        parameters: {
            query?: {
                /** @description How far back; default 24h. */
                range?: "12h" | "24h" | "3d" | "7d" | "14d" | "30d" | "90d" | "180d" | "1y";
                /** @description Only these exchanges, comma-separated. */
                exchange?: string;
                /** @description Only these leverage tiers, comma-separated. */
                leverage?: string;
                /** @description Only positions opened within this time. */
                age?: "1h" | "24h" | "7d" | "all";
                /** @description Only longs or only shorts. */
                side?: "both" | "long" | "short";
                /** @description exposed: open value with its liquidation price there. expected: the part expected to be force-sold. */
                mode?: "exposed" | "expected";
                /** @description Change over this time instead of the size; map and heatmap also say what it is made of (deltaSplit). */
                delta?: "1h" | "4h" | "24h";
                /** @description Leverage weights of your own, tier:share of opened size. Tiers not named keep the model's, and all together may be at most 1. The map is re-weighted as it is read. */
                weights?: string;
                /** @description A named view, see /v1/models: sets mode and age. */
                preset?: "exposed" | "expected" | "fresh";
                /** @description Height of a price level as a fraction of price, in steps of 0.0005. */
                bucket?: string;
                /** @description Answer as published by this moment, ms UTC, from stored columns that had ended by then; default now. Columns listed as backfilled were written after the fact. */
                asOf?: string;
                /** @description Currency of prices and sizes; default USD. EUR is converted at `rate`. */
                currency?: "USD" | "EUR";
                /**
                 * @description Pixels.
                 * @example 1200
                 */
                width?: number;
                /**
                 * @description Pixels.
                 * @example 630
                 */
                height?: number;
                /**
                 * @description Colours of the page around it.
                 * @example dark
                 */
                theme?: "dark" | "light";
                /**
                 * @description Colour map of the sizes.
                 * @example inferno
                 */
                colors?: "inferno" | "viridis" | "cividis" | "classic";
            };
            header?: never;
            path: {
                /** @description Coin or pair; with an exchange in front (`BINANCE:BTCUSDT`) that exchange only. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description A parameter is not acceptable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unknown symbol or address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; Retry-After says when to ask again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The map cannot be read right now, or the deployment is set up wrongly */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

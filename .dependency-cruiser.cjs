// Who may import whom. A rule here has a reason in docs/design/architecture.md.
const within = (area, ...others) => ({
  name: `${area} imports only what it may`,
  severity: "error",
  from: { path: `^${area}/` },
  to: {
    pathNot: [area, ...others].map((path) =>
      path.startsWith("pkg:") ? `node_modules/${path.slice(4)}/` : `^${path}/`,
    ),
  },
});
const pure = (area, ...others) => within(`src/shared/${area}`, ...others.map((o) => `src/shared/${o}`));
const ban = (name, from, to) => ({ name, severity: "error", from, to });

module.exports = {
  forbidden: [
    ban("no cycles", {}, { circular: true }),
    within("src/shared", "pkg:zod"),
    pure("num"),
    pure("error"),
    pure("settings", "model", "market", "error", "time"),
    pure("time"),
    pure("market", "num", "error", "time"),
    pure("margin", "market", "num", "error"),
    within("src/shared/venue", "src/shared/(venue|market|num|error|time)", "pkg:zod"),
    pure("tape", "market", "time"),
    pure("model", "margin", "market", "num", "error", "time"),
    pure("display", "num", "time", "tile"),
    pure("tile", "market", "num", "error"),
    pure("protocol", "tile", "market", "num", "error"),
    within("workers/store", "src/shared", "pkg:drizzle-orm"),
    within("src/client", "src/shared/(protocol|tile|market|error|num)", "pkg:openapi-fetch"),
    within("src/dashboard", "src/(widget|client)", "src/shared", "pkg:(preact|@preact|lightweight-charts)"),
    {
      ...within("src/simulator", "src/shared", "pkg:(ws|@types/ws|@types/node)"),
      to: {
        dependencyTypesNot: ["core"],
        pathNot: ["^src/(simulator|shared)/", "node_modules/(ws|@types/ws|@types/node)/"],
      },
    },
    ban("drizzle in one place", { pathNot: "^workers/store/" }, { path: "node_modules/drizzle-orm/" }),
    ban("zod at the doors only", { pathNot: "^(workers/api|src/shared/venue|test)/" }, { path: "node_modules/zod/" }),
    ban("the server knows no page", { path: "^(workers|durable-objects)/" }, { path: "^src/(dashboard|widget)/" }),
    ban("objects know no worker", { path: "^durable-objects/" }, { path: "^workers/(?!store/)" }),
    ban(
      "classes through the entry only",
      { path: "^workers/(api|ingest)/" },
      { path: "^durable-objects/", dependencyTypesNot: ["type-only"] },
    ),
    ban(
      "one venue never imports another",
      { path: "^src/shared/venue/([^/]+)/" },
      { path: "^src/shared/venue/[^/]+/", pathNot: "^src/shared/venue/$1/" },
    ),
    ban("tests are leaves", { pathNot: "^(test|scripts)/" }, { path: "^(test|scripts)/" }),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
  },
};

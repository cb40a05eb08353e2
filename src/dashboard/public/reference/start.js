// Starts the API reference (workers/api/routes/documents.ts): everything from this host, nothing asked of anybody else.
Scalar.createApiReference("#reference", {
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: "never",
  hideClientButton: true,
  proxyUrl: "",
  agent: { disabled: true },
  mcp: { disabled: true },
});

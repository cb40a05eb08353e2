import { copyFileSync, mkdirSync } from "node:fs";
import preact from "@preact/preset-vite";
import { defineConfig, type Plugin } from "vite";

// The dashboard: static files for wrangler's assets directory, everything self-hosted, no inline script.
export default defineConfig({
  root: "src/dashboard",
  plugins: [preact({ devToolsEnabled: false }), reference()],
  build: {
    outDir: "../../dist/dashboard",
    emptyOutDir: true,
    target: "es2022",
    // the page's policy allows no data: scripts or styles
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        index: "src/dashboard/index.html",
        embed: "src/dashboard/embed.html",
        widget: "src/widget/faultline-heatmap.ts",
      },
      // the widget's address is part of other people's pages
      output: { entryFileNames: ({ name }) => (name === "widget" ? "widget/v1.js" : "assets/[name]-[hash].js") },
    },
  },
  server: { proxy: { "/v1": { target: "http://127.0.0.1:8787", ws: true } } },
});

/** The API reference's script, from its package to a file of our own: /docs asks no other host. */
function reference(): Plugin {
  const folder = "dist/dashboard/reference";
  return {
    name: "api-reference",
    apply: "build",
    closeBundle() {
      mkdirSync(folder, { recursive: true });
      copyFileSync("node_modules/@scalar/api-reference/dist/browser/standalone.js", `${folder}/scalar.js`);
    },
  };
}

import tseslint from "typescript-eslint";

const clockAndChance = [
  { object: "Date", property: "now", message: "take a Clock" },
  { object: "Math", property: "random", message: "take a random source" },
  { object: "Math", property: "exp", message: "use num/exp.ts: the platform's rounding is not specified" },
  { object: "Math", property: "log", message: "use num/log.ts: the platform's rounding is not specified" },
  {
    object: "Math",
    property: "pow",
    message: "use num/exp.ts and num/log.ts: the platform's rounding is not specified",
  },
];

export default tseslint.config(
  { ignores: ["node_modules", "dist", "coverage", ".wrangler", ".faultline", "worker-configuration.d.ts"] },
  {
    files: ["src/**/*.{ts,tsx}", "workers/**/*.ts", "durable-objects/**/*.ts", "scripts/**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        project: ["./tsconfig.json", "./tsconfig.node.json", "./tsconfig.dashboard.json"],
      },
    },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/only-throw-error": "error",
    },
  },
  { files: ["src/shared/**/*.ts"], rules: { "no-restricted-properties": ["error", ...clockAndChance] } },
);

// Figures as OpenMetrics 1.0 text.

export interface Metric {
  name: string;
  type: "gauge" | "info";
  help: string;
  samples: readonly { labels: Readonly<Record<string, string>>; value: number }[];
}

export function openMetrics(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, type, help, samples }) => [
    `# TYPE ${name} ${type}`,
    `# HELP ${name} ${escapeText(help)}`,
    ...samples.map(({ labels, value }) => `${type === "info" ? `${name}_info` : name}${labelText(labels)} ${value}`),
  ]);
  return `${lines.join("\n")}\n# EOF\n`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeText(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

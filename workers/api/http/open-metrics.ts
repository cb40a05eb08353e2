// Figures as OpenMetrics 1.0 text.

export interface Metric {
  name: string;
  /** A counter's samples carry the suffix `_total`, an info's `_info`: the standard wants it. */
  type: "gauge" | "counter" | "info";
  help: string;
  samples: readonly { labels: Readonly<Record<string, string>>; value: number }[];
}

const SUFFIX: Record<Metric["type"], string> = { gauge: "", counter: "_total", info: "_info" };

export function openMetrics(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, type, help, samples }) => [
    `# TYPE ${name} ${type}`,
    `# HELP ${name} ${escapeText(help)}`,
    ...samples.map(({ labels, value }) => `${name}${SUFFIX[type]}${labelText(labels)} ${value}`),
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

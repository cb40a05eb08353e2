import { connection, envelope, online } from "../state/store.ts";

const SOURCES = {
  simulated: "Simulated market: not real prices. Do not trade on what you see here.",
  replay: "Replay of a recorded market: not the present. Prices and times are those of the recording.",
} as const;

export function Banner() {
  const source = envelope.value?.dataSource;
  const { state } = connection.value;
  return (
    <>
      {(source === "simulated" || source === "replay") && (
        <p class="banner source" role="note">
          {SOURCES[source]}
        </p>
      )}
      {!online.value && (
        <p class="banner" role="status">
          You are offline. The map shows the last state received.
        </p>
      )}
      {online.value && state === "refused" && (
        <p class="banner" role="status">
          The live stream is not available for this view. The map stays as it was fetched.
        </p>
      )}
    </>
  );
}

// Says changes to screen readers, politely: at most one message per interval.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { announcement, page, view } from "../state/store.ts";
import { announce, newAnnouncer } from "../text/announce.ts";

export function LiveRegion() {
  const announcer = useRef(newAnnouncer());
  const said = useSignal("");
  const offer = (message: string | null): void => {
    const text = announce(announcer.current, message, Date.now());
    if (text !== null) said.value = text;
  };
  useSignalEffect(() => {
    if (announcement.value !== "") offer(announcement.value);
  });
  useSignalEffect(() => {
    if (page.value.state === "ready") offer(`${view.peek().symbol} map of the last ${view.peek().range} loaded.`);
  });
  useEffect(() => {
    const timer = setInterval(() => offer(null), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="unseen" role="status" aria-live="polite">
      {said}
    </div>
  );
}

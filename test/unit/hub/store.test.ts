import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import { hubStoreSuite } from "../../support/hub-suite.ts";

hubStoreSuite("memory store", async (work) => {
  const store = new MemoryHubStore();
  work(store, () => store);
});

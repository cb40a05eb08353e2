import { render } from "preact";
import { App } from "./components/app.tsx";
import { keepAddress } from "./state/address.ts";
import { startSession } from "./state/session.ts";

const root = document.getElementById("app");
if (root !== null) {
  keepAddress();
  render(<App />, root);
  startSession();
}

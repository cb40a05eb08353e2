// The one door to the model for hubs, commands and the browser.
export {
  beginPeriod,
  copyPeriod,
  decodePeriod,
  encodePeriod,
  type FlowPeriod,
  periodFlows,
  type SideFlows,
} from "./flow-period.ts";
export { decodeModel, encodeModel } from "./snapshot.ts";
export { copyModel, createModel, MODEL_VERSION, type Model } from "./state.ts";
export { stepBar } from "./step.ts";
export {
  AGE_CLASSES,
  addProfile,
  conservationError,
  occupiedRange,
  openInterestBase,
  sideOpenInterestBase,
  sideTotals,
  toUsd,
} from "./views.ts";

// The one door to the model for hubs, commands and the browser.
export { clearFlowRecord, createFlowRecord, type FlowRecord } from "./flow-record.ts";
export { decodeModel, encodeModel } from "./snapshot.ts";
export { type Counters, copyModel, createModel, MODEL_VERSION, type Model, modelVersion } from "./state.ts";
export { type StepResult, stepBar } from "./step.ts";
export {
  AGE_CLASSES,
  type AgeClass,
  addProfile,
  conservationError,
  occupiedRange,
  openInterestBase,
  type ProfilePick,
  sideTotals,
  toUsd,
} from "./views.ts";

// A deployment's variable that cannot be used: the operator's mistake, told with its name and what is accepted.

export class SettingError extends Error {
  readonly variable: string;
  /** What would have been accepted. */
  readonly accepted: string;

  /** `was` is what the variable held, for the log; null where that may be a secret. */
  constructor(variable: string, was: string | null, accepted: string) {
    super(
      `variable ${variable} ${was === null ? "is not acceptable" : `was "${was.slice(0, 80)}"`}, expected ${accepted}`,
    );
    this.variable = variable;
    this.accepted = accepted;
  }
}

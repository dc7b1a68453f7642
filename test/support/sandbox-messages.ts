/** What the Invoke API hands to a sandbox. */
export interface SandboxRequest {
  readonly id: number;
  /** JSON of the event. */
  readonly payload: string;
}

/** What the sandbox answers: JSON of the result, or of what the runtime says of an error. */
export interface SandboxAnswer {
  readonly id: number;
  readonly payload: string;
  readonly failed: boolean;
}

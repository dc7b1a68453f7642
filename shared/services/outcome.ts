/** The service could not do its work now (database, network). `problem` is for the log, never for players. */
export interface Down {
  readonly code: 'down';
  readonly problem: string;
}

/**
 * Every call of a service resolves to an outcome with a `code`; none throws for what players or the database do.
 * Arguments and outcomes are plain JSON, so that a remote implementation can stand behind the same interface.
 */
export type Outcome<Code extends string, Facts extends object = object> =
  | ({ readonly code: 'ok' } & Readonly<Facts>)
  | { readonly code: Code }
  | Down;

/**
 * What each call carries: `now` is the caller's clock (milliseconds since 1970), `step` the key of idempotency: a call that is
 * repeated with the same step gives the first one's outcome and does nothing twice.
 */
export interface Call {
  readonly now: number;
  readonly step: string;
}

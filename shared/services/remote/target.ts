/** Where a remote service is, and how it is called. */
export interface RemoteTarget {
  /** `http://` (HTTP/2 without TLS) or `https://`. */
  readonly url: string;
  /** Sent as `authorization: Bearer ...`; null sends none. */
  readonly token: string | null;
  /** Milliseconds that a call may take, all of its attempts together; some calls get a multiple (`calls.ts`). */
  readonly deadline: number;
}

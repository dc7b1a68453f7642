/** Where the functions of families are found: a pointer each, since a registry's values are small. */
export interface RoutePointer {
  readonly family: string;
  /** What the invoker calls: `name:alias`. */
  readonly functionName: string;
  /** Changes with every deployment: then the manifest is asked for again. */
  readonly version: string;
}

/** A registry of families. */
export interface RouteSource {
  /** All pointers of the moment; entries that cannot be read are left out, with the reason. */
  list(
    signal: AbortSignal,
  ): Promise<{ readonly pointers: readonly RoutePointer[]; readonly faults: readonly RouteFault[] }>;
  close(): void;
}

export interface RouteFault {
  readonly family: string;
  readonly problem: string;
}

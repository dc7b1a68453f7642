/** Anything that travels between the ingress and a function: plain JSON, nothing else. 64-bit integers are decimal strings. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** What players know: values that reach further into the handlers than random ones. */
export class Facts {
  /** Object ids seen lately, of players, monsters, things on the ground and those who trade. */
  readonly #ids: number[] = [1, 2, 3, 4];
  /** Names of characters and accounts. */
  readonly texts: Buffer[] = [Buffer.from('x')];
  /** Item headers (type and id in 16 bits) of things that somebody has. */
  readonly headers: number[] = [0];
  /** Where things happen. */
  readonly places: { readonly x: number; readonly y: number }[] = [];

  get ids(): readonly number[] {
    return this.#ids;
  }

  see(id: number): void {
    if (this.#ids.includes(id)) return;
    if (this.#ids.push(id) > 48) this.#ids.splice(4, 1);
  }

  name(text: string): void {
    this.texts.push(Buffer.from(text));
  }
}

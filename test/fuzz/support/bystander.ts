import { S } from '../../e2e/support/packets.ts';
import { Player } from '../../e2e/support/player.ts';

/** A player who only plays: what others send must never be felt. */
export class Bystander {
  readonly #player: Player;
  #steps = 0;
  #home = { x: 0, y: 0 };

  constructor(port: number, name: string) {
    this.#player = new Player({ port, account: name });
  }

  async enter(): Promise<void> {
    await this.#player.play(this.#player.options.account);
    this.#home = { x: this.#player.x, y: this.#player.y };
  }

  /** Walks a few steps, and sees itself do so. Throws where the service has closed, or answers no more. */
  async play(): Promise<void> {
    this.#steps += 1;
    const { world, objectId } = this.#player;
    world.inbox.splice(0);
    this.#player.walkTo(this.#home.x + (this.#steps % 7) * 20, this.#home.y);
    await world.take(S.MOUSE, (reader) => reader.u16() === objectId);
  }

  /** Whether all of its connections are open. */
  get unharmed(): boolean {
    const { login, lobby, world } = this.#player;
    return ![login, lobby, world].some(({ closed }) => closed);
  }

  /** Logs out and gives the seconds that it had to wait. */
  leave(): Promise<number> {
    return this.#player.logOut();
  }
}

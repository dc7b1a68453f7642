/** `presence`: how a character stands in the world right now. Owner: the movement family, volatile. */
export interface PresenceSection {
  /** Object id on `map`, 1,024 to 65,535. */
  readonly objectId: number;
  readonly map: number;
  /** True from CLI_CHANGE_MAP_REQ on: the character is seen and sees. */
  readonly visible: boolean;
  /** Centre cell of the watched window, `column,row`; kept against flapping along a border. */
  readonly cell: string;
}

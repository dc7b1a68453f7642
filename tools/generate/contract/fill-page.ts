const PLACEHOLDER = /^\{\{(\w+) ([^}]+)\}\}$/gm;

/** Fills the lines `{{what argument}}` of a hand-written page. Fails for one that nobody fills. */
export function fillPage(
  page: string,
  fillers: Readonly<Record<string, (argument: string) => string>>,
): string {
  return page.replaceAll(PLACEHOLDER, (whole, what: string, argument: string) => {
    const fill = Object.hasOwn(fillers, what) ? fillers[what] : undefined;
    if (fill === undefined) throw new Error(`nothing fills ${whole}`);
    return fill(argument);
  });
}

/** The forms of a family's name that its files use. */
export interface FamilyNames {
  /** `war-band` */
  readonly name: string;
  /** `warBand` */
  readonly camel: string;
  /** `WarBand` */
  readonly pascal: string;
  /** `WAR_BAND` */
  readonly upper: string;
}

const FORM = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST = 30;

/** @throws Error that says what a name looks like */
export function namesFor(name: string): FamilyNames {
  if (!FORM.test(name) || name.length > LONGEST) {
    throw new Error(
      `${name}: a family is named with at most ${LONGEST} lower-case letters, digits and hyphens, such as war-band`,
    );
  }
  const pascal = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return {
    name,
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    upper: name.toUpperCase().replaceAll('-', '_'),
  };
}

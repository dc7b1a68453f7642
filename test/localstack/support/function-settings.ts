import type { Names } from '../../../infra/names.ts';
import { deployedFamilies, invoke } from '../../../tools/localstack/clients.ts';
import { variantOf } from './function-variant.ts';

let named: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
let given = false;

/**
 * Gives deployed functions other settings than they were deployed with: each that names some of them in its manifest gets a version of its
 * own behind the live alias. Returns what takes them back.
 * @throws Error when others are given already: then two tests would play with the settings of one
 */
export async function giveSettings(
  names: Names,
  settings: Readonly<Record<string, string>>,
): Promise<() => Promise<void>> {
  named ??= namedSettings(names);
  const variants = [...(await named)].flatMap(([family, known]) => {
    const own = Object.entries(settings).filter(([name]) => known.includes(name));
    return own.length === 0 ? [] : [{ family, own: Object.fromEntries(own) }];
  });
  if (variants.length === 0) return async () => {};
  if (given)
    throw new Error(
      'the functions have the settings of another service: these tests cannot run side by side',
    );
  given = true;
  const takeBack = await Promise.all(variants.map(({ family, own }) => variantOf(names, family, own)));
  return async () => {
    await Promise.all(takeBack.map((one) => one()));
    given = false;
  };
}

/** The settings that each family names in its manifest. */
async function namedSettings(names: Names): Promise<ReadonlyMap<string, readonly string[]>> {
  const families = await deployedFamilies(names);
  const manifests = await Promise.all(families.map((family) => invoke(family, { describe: true }, names)));
  return new Map(
    families.map((family, n) => [
      family,
      (manifests[n] as { readonly settings: readonly string[] }).settings,
    ]),
  );
}

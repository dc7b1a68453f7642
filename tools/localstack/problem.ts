/** Something that the person at the keyboard can put right: shown without a stack. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

/** Runs a command's main function; a problem ends it with its message and exit code 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error);
    process.exitCode = 1;
  }
}

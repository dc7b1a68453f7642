import { ERRORS, type ErrorEntry } from '../../shared/errors/catalogue.ts';
import { GENERATED, table } from '../docs/markdown.ts';

/** `docs/errors.md` from the catalogue of error codes. */
export function generate() {
  const entries = Object.entries(ERRORS) as [string, ErrorEntry][];
  const areas = [...new Set(entries.map(([, entry]) => entry.area))];
  const sections = areas.map((area) => {
    const rows = entries
      .filter(([, entry]) => entry.area === area)
      .map(([code, entry]) => [`\`${code}\``, entry.meaning, entry.closes ? 'yes' : 'no', entry.remedy]);
    return `## ${area}\n\n${table(['code', 'meaning', 'closes', 'what to do'], rows)}\n`;
  });
  const text = `${GENERATED}

# Errors

One closed catalogue. A code stands as \`code\` in log lines, as the label \`reason\` of metrics, and is the close reason of a
connection. "Closes" says whether the connection is closed because of it. Reasons that a handler gives for refusing a
message (\`refusals_total\`) are the families' own and stand in their pages.

${sections.join('\n')}`;
  return [{ path: 'docs/errors.md', text }];
}

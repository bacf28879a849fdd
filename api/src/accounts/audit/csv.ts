/** Signs with which spreadsheets begin a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** One line of a CSV file (RFC 4180). A cell that a spreadsheet would compute is kept a text by an apostrophe. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(asCell).join(',')}\r\n`
}

function asCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'

it.each([
  ['a plain cell', 'Ada', 'Ada'],
  ['a comma', 'a,b', '"a,b"'],
  ['quotes', 'say "hi"', '"say ""hi"""'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['a formula', '=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
  ['a plus', '+1', "'+1"],
  ['a minus', '-1', "'-1"],
  ['an at', '@SUM(A1)', "'@SUM(A1)"],
  ['a tab', '\t=1', "'\t=1"],
  ['a carriage return', '\r=1', `"'\r=1"`],
])('writes %s so that a spreadsheet reads it and computes nothing', (_what, text, cell) => {
  expect(csvLine([text, 'x'])).toBe(`${cell},x\r\n`)
})

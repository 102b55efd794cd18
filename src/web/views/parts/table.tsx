import type { Child } from 'hono/jsx'
import type { Language } from '../../../domain/languages.ts'
import { commonWords } from '../../../domain/words/common.ts'

export type Column<Row> = {
  head: string
  cell: (row: Row) => Child
  /** Numbers stand to the right; `title` is the row's name and its link; `action` holds its buttons. */
  kind?: 'text' | 'number' | 'title' | 'action'
}

/** A list as a table; below 600 px each row becomes a block in which every value has its name. */
export const Table = <Row,>({
  caption,
  columns,
  rows,
}: {
  /** Says to those who don't see the page what this lists. */
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
}) => (
  <table class="list">
    <caption class="apart-for-eyes">{caption}</caption>
    <thead>
      <tr>
        {columns.map(column => (
          <th scope="col" class={`cell-${column.kind ?? 'text'}`}>
            {column.kind === 'action' ? <span class="apart-for-eyes">{column.head}</span> : column.head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map(row => (
        <tr>
          {columns.map(column =>
            column.kind === 'title' ? (
              <th scope="row" class="cell-title">
                {column.cell(row)}
              </th>
            ) : (
              <td class={`cell-${column.kind ?? 'text'}`} data-head={column.head}>
                {column.cell(row)}
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
)

/** Under a list of many pages. */
export const Pager = ({ newer, older, language }: { newer?: string; older?: string; language: Language }) => {
  const words = commonWords[language]
  if (!newer && !older) return null
  return (
    <nav class="pager" aria-label={words.pages}>
      {newer ? (
        <a rel="prev" href={newer}>
          {words.newer}
        </a>
      ) : (
        <span />
      )}
      {older && (
        <a rel="next" href={older}>
          {words.older}
        </a>
      )}
    </nav>
  )
}

import { readerQuery } from './reader-filter.ts'

/** What a reader is filed under; each leads to all who are. */
export const Tags = ({ tags }: { tags: readonly string[] }) => (
  <ul class="reader-tags">
    {tags.map(tag => (
      <li>
        <a href={`/admin/readers${readerQuery({ tag })}`}>{tag}</a>
      </li>
    ))}
  </ul>
)

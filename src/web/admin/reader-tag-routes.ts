import { Hono } from 'hono'
import { parseTags } from '../../domain/tags.ts'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import { noteTag } from '../../store/reader-terms.ts'
import { addTags, removeTag } from '../../store/subscribers.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { editorOf } from './frame.ts'
import { readerPage, withReader } from './reader-shown.tsx'

/** What a reader is filed under, by hand. The pages around it have checked the role. */
export const readerTags = new Hono<AppEnv>()
  .post('/:id/tags', async c =>
    withReader(c, async subscriber => {
      const { db } = c.var.services
      const words = oneReaderWords[editorOf(c).language]
      const { tag: typed = '' } = await formFields(c)
      const failed = (error: string) => readerPage(c, subscriber, { field: 'tag', typed, error })
      const reading = parseTags(typed)
      if (reading.kind === 'refused') return failed(words.tagFaults[reading.reason])
      const { tags } = reading
      if (!tags.length) return failed(words.noTag)
      const added = await db.transaction(async tx => {
        if (!(await addTags(tx, subscriber.id, tags))) return false
        for (const tag of tags) if (!subscriber.tags.includes(tag)) await noteTag(tx, tag)
        return true
      })
      if (!added) return failed(words.tagFaults['too-many'])
      return c.redirect(`/admin/readers/${subscriber.id}?done=tagged`, 303)
    }),
  )
  .post('/:id/tags/remove', async c =>
    withReader(c, async ({ id }) => {
      const { tag = '' } = await formFields(c)
      await removeTag(c.var.services.db, id, tag)
      return c.redirect(`/admin/readers/${id}?done=untagged`, 303)
    }),
  )

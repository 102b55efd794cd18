import { z } from 'zod'
import { exactMoment, roughMoment } from './moment.ts'
import { isPictureHash } from './picture.ts'
import { line, optional, webUrl } from './text.ts'

const fields = {
  title: line(300, 1),
  standfirst: line(1000).default(''),
  url: webUrl,
  section: line(200).default(''),
  byline: line(200).default(''),
  publishedAt: optional(roughMoment),
  imageUrl: optional(webUrl),
  /** A picture that is kept already; the database has it, or refuses. */
  pictureHash: optional(z.string().refine(isPictureHash, 'must be the id of a picture')),
  imageAlt: line(500).default(''),
  imageDecorative: z.boolean().default(false),
  imageCredit: line(200).default(''),
  kind: z.enum(['editorial', 'partner']).default('editorial'),
  sponsor: optional(line(120)),
  note: line(300).default(''),
  language: optional(line(35)),
  embargoUntil: optional(exactMoment),
}

/** Whether a story may not leave yet: by mail, archive, feed or API. */
export const isEmbargoed = ({ embargoUntil }: { embargoUntil: Date | null }, now = new Date()): boolean =>
  embargoUntil !== null && embargoUntil > now

type WithKind = { kind?: 'editorial' | 'partner' | undefined; sponsor?: string | undefined }

const sponsored = ({ kind, sponsor }: WithKind, context: z.RefinementCtx) => {
  if (kind === 'partner' && !sponsor)
    context.addIssue({
      code: 'custom',
      path: ['sponsor'],
      message: 'a partner story must name who pays for it',
    })
}

/** A story as it is written or typed in. A partner's story names its sponsor; an editorial one has none. */
export const articleInput = z
  .object(fields)
  .superRefine(sponsored)
  .transform(article => (article.kind === 'partner' ? article : { ...article, sponsor: undefined }))

export type ArticleInput = z.infer<typeof articleInput>

import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { refusalPage } from '../admin/refusal.tsx'
import type { AppEnv } from '../env.ts'

const limit = (megabytes: number) =>
  bodyLimit({
    maxSize: megabytes * 1024 * 1024,
    onError: c => refusalPage(c, 413, words => words.tooLarge(megabytes)),
  })

const form = limit(1)
const file = limit(16)

/** Refuses a form of more than 1 MB, and on a path that takes a file, more than 16 MB, without reading on. */
export const bodySize = ({ files }: { files: readonly (string | RegExp)[] } = { files: [] }) =>
  createMiddleware<AppEnv>((c, next) => (takesFile(files, c.req.path) ? file : form)(c, next))

const takesFile = (files: readonly (string | RegExp)[], path: string) =>
  files.some(one => (typeof one === 'string' ? one === path : one.test(path)))

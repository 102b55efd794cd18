/**
 * Where to go after the sign-in: the path that was asked for, if it is a page of the workspace. Anything else, such as
 * another site in any disguise, is undefined.
 */
export function workspacePath(text: string | undefined): string | undefined {
  if (!text?.startsWith('/') || text.length > 2000 || /[\\\p{Cc}]/u.test(text)) return undefined
  const base = 'http://workspace.invalid'
  if (!URL.canParse(text, base)) return undefined
  const { origin, pathname, search } = new URL(text, base)
  if (origin !== base || !/^\/admin(\/|$)/.test(pathname) || /^\/admin\/sign-(in|out)/.test(pathname))
    return undefined
  return pathname + search
}

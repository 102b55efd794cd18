/**
 * MJML in a bundle: wrangler.toml and bundle.mjs put this in the place of `mjml`, which reads files and brings
 * minifiers along. While it is first evaluated, mjml-browser looks for its globals in `window`, since Workers forbid
 * `new Function`.
 */
export default async function compile(source: string, options: object) {
  const mjml = await load()
  return mjml(source, options)
}

async function load() {
  const scope = globalThis as Record<string, unknown>
  scope.window ??= globalThis
  try {
    return (await import('mjml-browser')).default
  } finally {
    delete scope.window
  }
}

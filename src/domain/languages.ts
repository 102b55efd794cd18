/** The languages in which Broadsheet itself speaks. */
export type Language = 'en' | 'de'

export const languages = ['en', 'de'] as const satisfies readonly Language[]

/** The language of an Accept-Language header (RFC 9110 12.5.4) that we speak, by its weights; undefined for none. */
export function preferredLanguage(header: string | undefined): Language | undefined {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map(part => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';')
      const weight = params.map(param => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find(Boolean)
      return { language: tag.split('-')[0]!, weight: weight === undefined ? 1 : Number(weight) }
    })
    .sort((a, b) => b.weight - a.weight)
  return languages.find(
    language =>
      language ===
      wishes.find(wish => wish.weight > 0 && languages.includes(wish.language as Language))?.language,
  )
}

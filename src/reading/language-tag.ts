/** A BCP 47 tag in its canonical form, also from `en_GB`; undefined for what is none. */
export function languageTag(text: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(text?.trim().replaceAll('_', '-'))[0]
  } catch {
    return undefined
  }
}

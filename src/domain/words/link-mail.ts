/** Of a notice whose matter is one link, which is good for a while. */
export type LinkWords = {
  subject: (publication: string) => string
  text: (publication: string) => string
  button: string
  valid: (minutes: number) => string
  ignore: string
}

/** So many minutes, or hours where they are whole, in words. */
export function duration(minutes: number, minute: string, hour: string, plural = 's'): string {
  const whole = minutes % 60 === 0
  const count = whole ? minutes / 60 : minutes
  const unit = whole ? hour : minute
  return `${count} ${count === 1 ? unit : unit + plural}`
}

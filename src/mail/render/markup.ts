/** HTML of our own making, which a template may write as it is. Everything else that a template writes is escaped. */
export class Markup {
  readonly html: string

  constructor(html: string) {
    this.html = html
  }
}

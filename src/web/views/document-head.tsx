import type { PropsWithChildren } from 'hono/jsx'
import { accentUrl, assetUrl } from '../asset-urls.ts'

/** `desk`: a page of the workspace, which has a stylesheet more. */
type Props = PropsWithChildren<{ title: string; accent: string; noindex?: boolean; desk?: boolean }>

/** What every document's head holds: the look, and the two fonts asked for before the stylesheet names them. */
export const DocumentHead = ({ title, accent, noindex, desk, children }: Props) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{title}</title>
    {noindex && <meta name="robots" content="noindex" />}
    <link
      rel="preload"
      as="font"
      type="font/woff2"
      crossorigin=""
      href={assetUrl('newsreader-latin.woff2')}
    />
    <link rel="preload" as="font" type="font/woff2" crossorigin="" href={assetUrl('inter-latin.woff2')} />
    <link rel="stylesheet" href={assetUrl('broadsheet.css')} />
    {desk && <link rel="stylesheet" href={assetUrl('workspace.css')} />}
    <link rel="stylesheet" href={accentUrl(accent)} />
    <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
    {children}
  </head>
)

// Made by `npm run assets` from the static files; a test holds it to them.
export const assetHashes = {
  'newsreader-latin.woff2': 'YpgTIdmjzHph',
  'newsreader-latin-ext.woff2': 'rG-p7VMyePTI',
  'inter-latin.woff2': 'MQDndehhbNJh',
  'inter-latin-ext.woff2': 'NLnFBMq3pz43',
  'htmx.js': 'oKuwTy9Fofid',
  'icon.svg': '2-VmdcvvXZsI',
  'broadsheet.css': 'ItF8Ak_HTpxx',
  'workspace.css': 'loJ4WzhzOA-Z',
} as const

/** The version of Shopify's API that Crossdock is written against. */
export const API_VERSION = '2026-07'

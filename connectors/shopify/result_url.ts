import type { ShopifyClient } from './client.ts'
import { ShopifyError } from './errors.ts'

/**
 * A URL that Shopify gave us for a file, checked: only Shopify's file host over https, or the store's own origin, is
 * ever asked, and never with the token. Throws ShopifyError for any other place.
 */
export function checkedFileUrl(client: ShopifyClient, url: string, operation: string): URL {
    const asked = new URL(url)
    const { protocol, hostname } = asked
    const shopifys = hostname === 'storage.googleapis.com' || hostname.endsWith('.storage.googleapis.com')
    if ((protocol === 'https:' && shopifys) || asked.origin === new URL(client.origin).origin) return asked
    throw new ShopifyError({
        store: client.domain,
        operation,
        expected: `a URL on https://storage.googleapis.com or ${client.origin}`,
        came: asked.origin,
        todo: 'It is not followed; ask whether Shopify serves files from there now.',
    })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bulkDocument, namedDocument } from '../../../connectors/shopify/bulk_document.ts'

const PRODUCTS = `
    query Products($filter: String, $names: [String!]!) {
        products(query: $filter) { edges { node { id quantities(names: $names) { name } } } }
    }`

function squeezed(text: string): string {
    return text.replace(/\s+/g, ' ').trim()
}

test('values stand in the place of variables, and the document bears the name of its call', () => {
    const text = bulkDocument(PRODUCTS, 'run_7_products', {
        filter: `updated_at:>='2026' tag:"x"`,
        names: ['available'],
    })
    assert.equal(
        squeezed(text),
        String.raw`query run_7_products { products(query: "updated_at:>='2026' tag:\"x\"") { edges { node { id quantities(names: ["available"]) { name } } } } }`,
    )
})

test('an argument without a value is left out', () => {
    assert.match(squeezed(bulkDocument(PRODUCTS, 'all', { names: [] })), /products \{ edges/)
})

test('a variable that the document does not have is refused, as Shopify would return everything', () => {
    assert.throws(() => bulkDocument(PRODUCTS, 'all', { filtre: 'x' }), /came also filtre/)
})

test('a mutation keeps its variables, which come from the lines', () => {
    const document = 'mutation Tag($id: ID!) { tagsAdd(id: $id, tags: ["a"]) { userErrors { message } } }'
    assert.match(squeezed(namedDocument(document, 'call_9')), /^mutation call_9\(\$id: ID!\) \{ tagsAdd\(id: \$id/)
})

test('a name that is no GraphQL name is refused', () => {
    assert.throws(() => namedDocument('mutation A { a }', 'call-9'), /came "call-9"/)
})

test('a document of more than 65535 bytes is refused before it is sent', () => {
    assert.throws(() => bulkDocument(PRODUCTS, 'all', { filter: 'x'.repeat(65_535), names: [] }), /at most 65535 bytes/)
})

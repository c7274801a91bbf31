import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NoDeprecatedCustomRule, parse, validate } from 'graphql'
import { readBulkQuery } from '../../../connectors/sandbox/bulk/query_rules.ts'
import { schemaOf } from '../../../connectors/sandbox/schemas.ts'
import { namedDocument } from '../../../connectors/shopify/bulk_document.ts'
import { operations } from '../../../jobs/extract/operations/index.ts'
import { nameOfSnapshot } from '../../../jobs/extract/snapshots.ts'
import type { StoreRow } from '../../../sql/stores/stores.ts'

const store = (publication_id: string | null) => ({ publication_id }) as StoreRow
const SINCE = "updated_at:>='2026-07-01T10:00:00Z'"

/** Every document that is ever sent, with a name for it. */
const documents = operations.flatMap((operation) =>
    [null, SINCE].flatMap((filter) =>
        [null, '5'].map((publication) => ({
            what: `${operation.name}${filter ? ', incremental' : ''}${publication ? '' : ', without an Online Store'}`,
            text: namedDocument(operation.document({ store: store(publication), filter }), nameOfSnapshot('7')),
        })),
    ),
)

for (const version of ['2026-07', '2026-10']) {
    test(`every extract's document is valid in ${version} and keeps to the limits of bulk queries`, (t) => {
        const schema = schemaOf(version)
        for (const { what, text } of documents) {
            assert.deepEqual(validate(schema, parse(text)), [], what)
            const read = readBulkQuery(schema, text)
            assert.deepEqual('refusals' in read ? read.refusals : [], [], what)
            const deprecated = validate(schema, parse(text), [NoDeprecatedCustomRule])
            for (const { message } of deprecated) t.diagnostic(`deprecated in ${version}: ${what}: ${message}`)
        }
    })
}

test('a document carries its snapshot in its name, and its filter in its text', () => {
    const { text } = documents.find(({ what }) => what === 'catalogue, incremental')!
    assert.match(text, /^query crossdock_snapshot_7 \{/)
    assert.match(text, /products\(query: "updated_at:>='2026-07-01T10:00:00Z'", sortKey: UPDATED_AT\)/)
    assert.match(text, /published: publishedOnPublication\(publicationId: "gid:\/\/shopify\/Publication\/5"\)/)
})

test('a store without an Online Store is not asked whether a product is published there', () => {
    const { text } = documents.find(({ what }) => what === 'catalogue, without an Online Store')!
    assert.doesNotMatch(text, /publishedOnPublication/)
})

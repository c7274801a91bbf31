import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import {
    buildClientSchema,
    type GraphQLSchema,
    type IntrospectionQuery,
    NoDeprecatedCustomRule,
    parse,
    specifiedRules,
    validate,
} from 'graphql'

const ROOT = join(import.meta.dirname, '../..')
const DOCUMENTS = globSync('connectors/**/*.graphql', { cwd: ROOT }).sort()

/** Shopify's own schema, as its ai-toolkit package ships it. */
function schemaOf(version: string): GraphQLSchema {
    const toolkit = dirname(createRequire(import.meta.url).resolve('@shopify/ai-toolkit/package.json'))
    const packed = readFileSync(join(toolkit, `skills/shopify-admin/assets/admin_${version}.json.br`))
    const { data } = JSON.parse(brotliDecompressSync(packed).toString()) as { data: IntrospectionQuery }
    return buildClientSchema(data)
}

test('there are documents to validate', () => {
    assert.ok(DOCUMENTS.length > 10, `found only ${DOCUMENTS.length} under connectors/`)
})

for (const version of ['2026-07', '2026-10']) {
    test(`every GraphQL document is valid in ${version}`, (t) => {
        const schema = schemaOf(version)
        const mistakes: string[] = []
        for (const path of DOCUMENTS) {
            const document = parse(readFileSync(join(ROOT, path), 'utf8'))
            for (const error of validate(schema, document, specifiedRules)) mistakes.push(`${path}: ${error.message}`)
            for (const { message } of validate(schema, document, [NoDeprecatedCustomRule])) {
                t.diagnostic(`deprecated in ${version}: ${path}: ${message}`)
            }
        }
        assert.deepEqual(mistakes, [])
    })
}

test('every GraphQL document holds one named operation', () => {
    for (const path of DOCUMENTS) {
        const { definitions } = parse(readFileSync(join(ROOT, path), 'utf8'))
        const operations = definitions.filter((definition) => definition.kind === 'OperationDefinition')
        assert.equal(operations.length, 1, `${path}: put each operation into a file of its own`)
        assert.ok(operations[0]?.name, `${path}: name the operation; errors and logs tell it by its name`)
    }
})

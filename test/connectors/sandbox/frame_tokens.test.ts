import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, NORTHWIND, sandboxFor } from '../../helpers/sandbox.ts'

const SCOPES = '{ currentAppInstallation { accessScopes { handle } } }'

test('a token the shop does not know is answered 401 with errors as a text', async (t) => {
    const { ask } = await sandboxFor(t, { shops: [{ domain: NORTHWIND }, { domain: 'outlet.example' }] })
    const told = await ask('{ shop { id } }', {}, { token: 'token-outlet.example' })
    assert.equal(told.status, 401)
    assert.equal(told.body.errors, '[API] Invalid API key or access token (unrecognized login or wrong password)')
})

test('a token may read only what its scopes say, and a write scope includes reading', async (t) => {
    const tokens = [
        { token: 'locations', scopes: ['read_locations'] },
        { token: 'products', scopes: ['write_products'] },
    ]
    const { ask } = await sandboxFor(t, { shops: [{ domain: NORTHWIND, tokens }] })
    const read = '{ products(first: 1) { nodes { id } } }'
    const denied = await ask(read, {}, { token: 'locations' })
    assert.equal(
        at(denied.body, 'errors', 0, 'message'),
        'Access denied for products field. Required access: `read_products` access scope.',
    )
    assert.deepEqual(at(denied.body, 'errors', 0, 'extensions'), {
        code: 'ACCESS_DENIED',
        documentation: 'https://shopify.dev/api/usage/access-scopes',
        requiredAccess: '`read_products` access scope.',
    })
    assert.equal((await ask(read, {}, { token: 'products' })).body.errors, undefined)
    const scopes = await ask(SCOPES, {}, { token: 'locations' })
    assert.deepEqual(at(scopes.body, 'data', 'currentAppInstallation', 'accessScopes'), [{ handle: 'read_locations' }])
})

test('a client credentials token lives a day less one second by the shop clock, then ends', async (t) => {
    const { ask, control, sandbox } = await sandboxFor(t, {
        shops: [{ domain: NORTHWIND, clientId: 'app', clientSecret: 'secret' }],
    })
    const grant = (secret: string) =>
        fetch(`${sandbox.originOf(NORTHWIND)}/admin/oauth/access_token`, {
            method: 'POST',
            body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'app', client_secret: secret }),
        })
    assert.equal((await grant('wrong')).status, 400)
    const given = (await (await grant('secret')).json()) as { access_token: string; expires_in: number }
    assert.equal(given.expires_in, 86_399)
    const token = given.access_token
    assert.equal((await ask('{ shop { id } }', {}, { token })).status, 200)
    await control('clock.advance', { seconds: 86_400 })
    assert.equal((await ask('{ shop { id } }', {}, { token })).status, 401)
    assert.equal((await ask('{ shop { id } }')).status, 200)
})

test('a token can be ended from outside', async (t) => {
    const { ask, control } = await sandboxFor(t)
    await control('token.expire', { shop: NORTHWIND, token: `token-${NORTHWIND}` })
    assert.equal((await ask('{ shop { id } }')).status, 401)
})

test('the date of an answer is the shops’ own', async (t) => {
    const { ask, control } = await sandboxFor(t)
    const dateOf = async () => Date.parse((await ask('{ shop { id } }')).headers.get('date') ?? '')
    const before = await dateOf()
    await control('clock.advance', { seconds: 3 * 86_400 })
    assert.ok((await dateOf()) - before >= 3 * 86_400_000)
})

test('a shop that is not there is not found', async (t) => {
    const { ask } = await sandboxFor(t)
    assert.equal((await ask('{ shop { id } }', {}, { shop: 'nobody.example' })).status, 404)
})

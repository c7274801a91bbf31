import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Credentials } from '../../../connectors/shopify/credentials.ts'
import { AccessLostError } from '../../../connectors/shopify/errors.ts'
import { type Asked, clientAt, data, type Reply, startStandIn } from '../../helpers/stand_in.ts'

const READ = 'query ReadShop { shop { id } }'
const APP = { clientId: 'app-1', clientSecret: 'shpss_secret' }

/** A store that knows one token at a time, and gives the next one, `t2`, `t3` …, to whoever asks. */
async function store(t: TestContext, first: string, grant: (n: number) => Reply = granted) {
    let valid = first
    let n = 1
    const standIn = await startStandIn((asked: Asked) => {
        if (!asked.path.endsWith('/oauth/access_token')) {
            return asked.headers['x-shopify-access-token'] === valid ? data({ ok: true }) : { status: 401, body: 'no' }
        }
        n += 1
        valid = `t${n}`
        return grant(n)
    })
    t.after(() => standIn.close())
    const renewals = () => standIn.asked.filter((asked) => asked.path.endsWith('/oauth/access_token'))
    return { standIn, renewals }
}

function granted(n: number): Reply {
    return { body: { access_token: `t${n}`, scope: 'read_products', expires_in: 86_399, refresh_token: `r${n}` } }
}

test('client id and secret are exchanged for a token once, and the token is used until it nears its end', async (t) => {
    const { standIn, renewals } = await store(t, 'none')
    const client = clientAt(standIn, { credentials: { kind: 'client', ...APP } })
    await Promise.all([client.query(READ), client.query(READ), client.query(READ)])
    assert.equal(renewals().length, 1)
    assert.equal(renewals()[0]?.path, '/shops/northwind.example/admin/oauth/access_token')
    const form = new URLSearchParams(renewals()[0]?.body.toString())
    assert.deepEqual(Object.fromEntries(form), {
        grant_type: 'client_credentials',
        client_id: 'app-1',
        client_secret: 'shpss_secret',
    })
})

test('a token about to expire is renewed before use', async (t) => {
    const { standIn, renewals } = await store(t, 'old')
    const credentials: Credentials = { kind: 'client', ...APP, token: 'old', expiresAt: Date.now() + 60_000 }
    await clientAt(standIn, { credentials }).query(READ)
    assert.equal(renewals().length, 1)
})

test('a refused token is renewed once and the request sent again, a write too', async (t) => {
    const { standIn, renewals } = await store(t, 'current')
    const credentials: Credentials = { kind: 'client', ...APP, token: 'stale' }
    const client = clientAt(standIn, { credentials })
    await client.mutate('mutation Write { a }')
    await client.query(READ)
    assert.equal(renewals().length, 1)
})

test('a refresh token is exchanged, and what came is handed over before it is used', async (t) => {
    const { standIn, renewals } = await store(t, 'none')
    const credentials: Credentials = { kind: 'refreshable', ...APP, token: 'expired', refreshToken: 'r1' }
    const kept: Credentials[] = []
    const onRenewed = async (renewed: Credentials) => {
        assert.equal(standIn.asked.at(-1)?.path.endsWith('/oauth/access_token'), true)
        kept.push(renewed)
    }
    await clientAt(standIn, { credentials, onRenewed }).query(READ)
    assert.equal(new URLSearchParams(renewals()[0]?.body.toString()).get('refresh_token'), 'r1')
    const [renewed] = kept
    assert.equal(renewed?.token, 't2')
    assert.equal(renewed?.kind === 'refreshable' && renewed.refreshToken, 'r2')
})

test('a renewal whose answer was lost is asked again', async (t) => {
    const { standIn } = await store(t, 'none', (n) => (n < 4 ? [{ lost: true }, { status: 502 }][n - 2]! : granted(n)))
    assert.deepEqual(await clientAt(standIn, { credentials: { kind: 'client', ...APP } }).query(READ), { ok: true })
})

test('rule 90: a refused renewal says that access is lost, and names neither secret nor token', async (t) => {
    const refusal = {
        error: 'shop_not_permitted',
        error_description: 'not in this organization',
        echo: APP.clientSecret,
    }
    const { standIn } = await store(t, 'none', () => ({ status: 400, body: refusal }))
    const error = await clientAt(standIn, { credentials: { kind: 'client', ...APP } })
        .query(READ)
        .catch((error: unknown) => error)
    assert.ok(error instanceof AccessLostError)
    assert.match(error.message, /shop_not_permitted: not in this organization/)
    assert.doesNotMatch(error.message, /shpss_|app-1/)
})

test('rule 90: a token refused again after its renewal says that access is lost', async (t) => {
    const { standIn, renewals } = await store(t, 'none', () => ({
        body: { access_token: 'useless', expires_in: 86_399 },
    }))
    await assert.rejects(clientAt(standIn, { credentials: { kind: 'client', ...APP } }).query(READ), AccessLostError)
    assert.equal(renewals().length, 2)
})

import { randomBytes } from 'node:crypto'
import { type Logger, pino } from 'pino'
import { startSite } from '../../server/site.ts'
import type { Database } from '../../sql/database.ts'
import { makeEntryLink } from '../../sql/site/entry_links.ts'
import { setPassword } from '../../sql/site/users.ts'
import type { SealingKey } from '../../sql/stores/seal.ts'

type Scope = { after(end: () => Promise<void>): void }
type Options = { key?: SealingKey; metricsToken?: string; publicUrl?: string; log?: Logger }

export const PASSWORD = 'four words make one'

/** The site over a database, on a free port of this machine; it ends with the test. */
export async function siteFor(t: Scope, db: Database, options: Options = {}) {
    const { key = randomBytes(32), metricsToken = null, publicUrl = null, log = pino({ level: 'silent' }) } = options
    const site = await startSite({ db, key, log, publicUrl, metricsToken, host: '127.0.0.1', port: 0 })
    t.after(() => site.stop())
    return { ...site, browser: () => browserAt(site.url) }
}

export type Seen = { status: number; html: string; url: string; headers: Headers }
export type Browser = ReturnType<typeof browserAt>

/** Somebody's browser: it keeps cookies, follows the site's redirects, and sends the hidden fields of the page it shows. */
export function browserAt(url: string) {
    const cookies = new Map<string, string>()
    let page: Seen = { status: 0, html: '', url: '', headers: new Headers() }

    const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

    async function ask(path: string, init: RequestInit = {}): Promise<Seen> {
        const sent = cookie()
        const headers = { ...(sent && { cookie: sent }), ...(init.headers as Record<string, string>) }
        const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' })
        for (const line of response.headers.getSetCookie()) keep(cookies, line)
        const { status } = response
        return { status, html: await response.text(), url: response.url, headers: response.headers }
    }

    async function follow(path: string, init: RequestInit = {}): Promise<Seen> {
        let seen = await ask(path, init)
        for (let hops = 0; seen.headers.has('location'); hops++) {
            if (hops === 5) throw new Error(`Expected ${path} to lead to a page, got redirects without end.`)
            seen = await ask(new URL(seen.headers.get('location')!, url).href)
        }
        page = seen
        return seen
    }

    /** A file, as it came. */
    async function bytes(path: string): Promise<ArrayBuffer> {
        return (await fetch(new URL(path, url), { headers: { cookie: cookie() } })).arrayBuffer()
    }

    const hidden = () => hiddenFields(page.html)
    return {
        ask,
        bytes,
        cookie,
        /** Opens a page. */
        open: (path: string) => follow(path),
        /** Sends a form with the token and place of the page that is open; `fields` may say others. */
        send: (path: string, fields: Record<string, string | string[]> = {}) =>
            follow(path, { method: 'POST', body: formOf({ ...hidden(), ...fields }) }),
        /** As `send`, but shows what the form itself is answered. */
        sendOnly: (path: string, fields: Record<string, string | string[]> = {}) =>
            ask(path, { method: 'POST', body: formOf({ ...hidden(), ...fields }) }),
        hidden,
        page: () => page,
    }
}

/** An operator of an account who is signed in. */
export async function operatorOf(db: Database, browser: Browser, account_id: number, name = 'ann'): Promise<Browser> {
    await setPassword(db, { account_id, name, password: PASSWORD })
    await browser.open('/sign-in')
    await browser.send('/sign-in', { name, password: PASSWORD, account: String(account_id) })
    return browser
}

/** Somebody of a store who came in by a one-time link. */
export async function peopleOf(db: Database, browser: Browser, store: { account_id: number; store_id: number }) {
    const path = await makeEntryLink(db, { ...store, who: 'ann' })
    await browser.open(path)
    await browser.send(path, { who: 'bob' })
    return browser
}

function keep(cookies: Map<string, string>, line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(pair.slice(0, at))
    else cookies.set(pair.slice(0, at), pair.slice(at + 1))
}

function hiddenFields(html: string): Record<string, string> {
    const fields = html.matchAll(/<input type="hidden" name="(_\w+)" value="([^"]*)">/g)
    return Object.fromEntries([...fields].map(([, name, value]) => [name!, value!]))
}

function formOf(fields: Record<string, string | string[]>): URLSearchParams {
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
    return form
}

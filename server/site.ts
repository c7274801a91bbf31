import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeEntryLink } from '../sql/site/entry_links.ts'
import { accountsWithoutOperator } from '../sql/site/users.ts'
import { accountsOf, addAccount } from '../sql/stores/accounts.ts'
import { createApp } from './app.ts'
import type { SiteDesk } from './desk.ts'

export type RunningSite = {
    /** `http://127.0.0.1:3000`, or PUBLIC_URL. */
    url: string
    /** What whoever started it is told: its address, and for each account without an operator a link to set a password. */
    told: string[]
    /** Takes no more, lets what is under way end, and closes. */
    stop(): Promise<void>
}

/** Longer than any page takes; then what is left is cut off. */
const LAST_WORDS_MS = 5_000

/** Serves the site. Throws a sentence where the port is taken. */
export async function startSite(options: SiteDesk & { host: string; port: number }): Promise<RunningSite> {
    const { host, port, ...desk } = options
    const { app, close } = createApp(desk)
    const server = createServer(app)
    const bound = await listen(server, host, port)
    const own = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : shownHost(bound.address)}:${bound.port}`
    const url = desk.publicUrl ?? own
    return {
        url,
        told: [`The site is at ${url}`, ...(await setUpLinks(desk, url))],
        async stop() {
            await endServer(server)
            await close()
        },
    }
}

/** Whoever reads the server's first words is its operator: they get a link to set their password, once. */
async function setUpLinks({ db }: SiteDesk, url: string): Promise<string[]> {
    if ((await accountsOf(db)).length === 0) await addAccount(db, 'default')
    const without = await accountsWithoutOperator(db)
    const links = without.map(async ({ account_id, name }) => {
        const path = await makeEntryLink(db, { account_id, store_id: null, who: 'the first start' })
        return `Nobody can sign in to the account ${name} yet. Set a password within two days: ${url}${path}`
    })
    return Promise.all(links)
}

function shownHost(address: string): string {
    return address === '0.0.0.0' ? 'localhost' : address
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, host, port)))
        server.listen(port, host, () => resolve(server.address() as AddressInfo))
    })
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
    if (error.code === 'EADDRINUSE') {
        return new Error(`Port ${port} of ${host} is taken: end what listens there, or start with another PORT.`)
    }
    if (error.code === 'EACCES') return new Error(`Port ${port} may not be taken by this user: choose one above 1023.`)
    return error
}

async function endServer(server: Server): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    const cut = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS)
    await closed
    clearTimeout(cut)
}

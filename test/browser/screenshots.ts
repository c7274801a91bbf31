/**
 * Makes the pictures of the README: `npm run screenshots` rehearses a demo in a folder of its own, signs in at its site and
 * writes `docs/screenshots/*.png`. Needs Chromium.
 */
import { spawn } from 'node:child_process'
import { chmod, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { saidUntil, siteIn } from '../helpers/said.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { startChromium, withoutChromium } from './chromium.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'docs', 'screenshots')
const PRODUCTS = '300'
const WIDTH = 1280
const MOST_BYTES = 200_000

/** Where each picture is taken, once the start page is open. */
const pictures: { [name: string]: (page: Page) => Promise<void> } = {
    async dashboard(page) {
        // down to the charts
        await page.setViewportSize({ width: WIDTH, height: 1100 })
    },
    async 'change-set'(page) {
        await page.getByRole('link', { name: 'Changes', exact: true }).click()
        await page.getByLabel('Kind').selectOption('catalogue')
        await page.getByLabel('State').selectOption('loaded')
        await page.getByRole('button', { name: 'Show' }).click()
        await page.getByRole('table').getByRole('link').first().click()
    },
    async 'order-pushes'(page) {
        await page.getByRole('link', { name: 'Reports', exact: true }).click()
        await page
            .getByRole('link', { name: /^Order pushes/ })
            .first()
            .click()
        await page.locator('#range').selectOption('30')
        await page.getByRole('button', { name: 'Show' }).click()
    },
}

type End = () => Promise<unknown>

if (withoutChromium) {
    process.stderr.write(`${withoutChromium}\n`)
    process.exitCode = 1
} else {
    const ends: End[] = []
    try {
        await takeAll((end) => ends.unshift(end))
    } finally {
        for (const end of ends) await end()
    }
}

async function takeAll(after: (end: End) => void): Promise<void> {
    const { url, name, password } = await demo(after)
    const chromium = await startChromium({ after })
    const page = await chromium.newPage({ colorScheme: 'light' })
    await page.goto(`${url}/sign-in`)
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await mkdir(folder, { recursive: true })
    for (const [picture, open] of Object.entries(pictures)) {
        await page.setViewportSize({ width: WIDTH, height: 860 })
        await page.goto(`${url}/account`)
        await open(page)
        await page.locator('h1').waitFor()
        const path = join(folder, `${picture}.png`)
        await page.screenshot({ path })
        const { size } = await stat(path)
        if (size > MOST_BYTES) throw new Error(`Expected ${path} to have at most ${MOST_BYTES} bytes, got ${size}.`)
        process.stdout.write(`${path}: ${size} bytes\n`)
    }
}

/** A demo that stays up until the end; where its site is, and who may come in. */
async function demo(after: (end: End) => void) {
    const home = await temporaryFolder('screenshots')
    after(() => rm(home, { recursive: true, force: true }))
    // PostgreSQL's user, where root runs this, has to get in
    await chmod(home, 0o755)
    const env = { ...process.env, CROSSDOCK_HOME: home }
    const line = [join('jobs', 'demo.ts'), '--products', PRODUCTS]
    const child = spawn(process.execPath, line, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    after(async () => {
        child.kill('SIGTERM')
        await ended
    })
    child.stdout.pipe(process.stdout, { end: false })
    return siteIn(await saidUntil(child.stdout, 'Ctrl-C ends it'))
}

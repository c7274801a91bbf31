import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'

/** Nothing that a person waits for takes as long, also while the machine is busy. */
const PATIENCE_MS = 20_000

export type Person = ReturnType<typeof personAt>

/** What somebody does at a place of the site, by the words that are on its pages. */
export function personAt(page: Page, place: string) {
    page.setDefaultTimeout(PATIENCE_MS)

    return {
        page,
        open: (path: string) => page.goto(`${place}${path}`),
        press: (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click(),
        follow: (name: string | RegExp) => page.getByRole('link', { name, exact: true }).first().click(),
        tick: (name: string | RegExp) => page.getByRole('checkbox', { name }).check(),
        /** Waits until words are on the page. */
        sees: (words: string | RegExp) => page.getByText(words).first().waitFor(),
        /** What the main part of the page says. */
        text: () => page.locator('main').innerText(),
        /** What stands in the row of a table that has these words, cell by cell. */
        row: (words: string | RegExp) =>
            page.getByRole('row').filter({ hasText: words }).first().getByRole('cell').allInnerTexts(),
        /** Waits until the run of the page that is open is over; the page looks by itself. Returns how it ended. */
        async ended(): Promise<string> {
            await page.locator('#progress:not([hx-get])').waitFor()
            return page.locator('#progress .badge').first().innerText()
        },
        /** Opens the newest run of a job, and sees it end. */
        async seesRun(job: string): Promise<string> {
            await this.open(`/runs?job=${job}`)
            await this.follow(/^\d+$/)
            return this.ended()
        },
        /** Asks for a pass over the store, and sees it end. */
        async runNow(): Promise<string> {
            await this.open('/runs')
            await this.press('Run now')
            return this.ended()
        },
        /** Opens the newest set of a kind that waits. */
        async openHeld(kind: string): Promise<void> {
            await this.open('/changes?state=held')
            const row = page.getByRole('row').filter({ has: page.getByRole('cell', { name: kind, exact: true }) })
            await row.getByRole('link').first().click()
            await this.sees('It waits for a person:')
        },
        /** Loads what was approved of the set that is open. */
        async load(): Promise<string> {
            await this.press(/^Load \d+ approved lines? now$/)
            return this.ended()
        },
        /** Chooses a file for the form of the page. */
        choose: (name: string, text: string) =>
            page
                .getByLabel('File, .csv or .xlsx')
                .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }),
        /** Follows a link that gives a file; returns its name and what is in it. */
        async download(name: string) {
            const [file] = await Promise.all([
                page.waitForEvent('download'),
                page.getByText(name, { exact: true }).click(),
            ])
            assert.equal(await file.failure(), null)
            return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
        },
    }
}

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import type { Scope } from '../helpers/database.ts'

const FLAGS = [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    ...['--disable-background-networking', '--disable-component-update'],
]

/** Where this machine has Chromium: what `CHROMIUM` names, or one on the PATH. */
function chromiumHere(): string | undefined {
    const folders = (process.env.PATH ?? '').split(delimiter)
    const found = folders.flatMap((folder) => [join(folder, 'chromium'), join(folder, 'chromium-browser')])
    return [process.env.CHROMIUM, ...found].find((path) => path && existsSync(path))
}

/** What a test without a browser is skipped with; false where there is one. */
export const withoutChromium = chromiumHere()
    ? false
    : 'There is no Chromium here: install it (apt-get install chromium), or name one in CHROMIUM.'

/** A Chromium that ends with the test, or with whatever else `t` is. */
export async function startChromium(t: Scope): Promise<Browser> {
    const browser = await chromium.launch({ executablePath: chromiumHere(), args: FLAGS })
    t.after(() => browser.close())
    return browser
}

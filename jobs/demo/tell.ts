import { relative } from 'node:path'
import type { Folder, Progress } from './folder.ts'
import type { Shops } from './shops.ts'
import type { Login } from './site.ts'
import type { Stage } from './stage.ts'
import { count, type Voice } from './voice.ts'

export function tellBeginning(voice: Voice, { products, rounds }: Progress, wanted: number | undefined): void {
    voice.say(voice.bold('Crossdock, rehearsed on this machine'))
    if (rounds === 0) voice.say(`  A sandbox stands in for Shopify; its source has ${count(products)} products.`)
    else voice.say(`  The shops are as the last start left them; this is round ${rounds + 1}. (--reset starts anew)`)
    if (wanted !== undefined && wanted !== products) {
        voice.say(`  They were made of ${count(products)} products: --reset --products ${wanted} makes others.`)
    }
}

export function tellEnd(voice: Voice, seconds: number, phases: Stage['phases']): void {
    const told = Object.entries(phases).map(([phase, took]) => `${phase} ${took}`)
    voice.step(`Done in ${seconds} s`)
    voice.say(voice.dim(`  ${told.join(' · ')}`))
}

export function tellSite(voice: Voice, url: string, { name, password }: Login): void {
    voice.step('The site')
    voice.say(`  ${voice.bold(url)}`)
    voice.say(`  Sign in as ${voice.bold(name)} with the password ${voice.bold(password)}`)
    voice.say('  A worker stands by: what you approve, load, push or run there is done.')
}

export function tellWhatNext(voice: Voice, shops: Shops, folder: Folder): void {
    voice.step('It stays up. Or in another terminal:')
    const unset = folder.otherDatabase ? ' DATABASE_URL=' : ''
    voice.say(`  export CROSSDOCK_HOME=${relative(process.cwd(), folder.path) || '.'}${unset}`)
    voice.say('  npx crossdock status')
    voice.say('  npx crossdock changes list')
    voice.say('  npx crossdock run hourly')
    voice.say('  Let something happen at a store, then run it again:')
    voice.say(`  curl ${shops.url}/control -d '{"verb": "product.edit", \\`)
    voice.say('      "shop": "northwind.example", "sku": "NW-00002-01", "set": {"vendor": "You"}}\'')
    voice.say(`  The stores' API: ${shops.originOf('<store>.example')}`)
    voice.say('  Ctrl-C ends it; the next npm run demo goes on from here.')
}

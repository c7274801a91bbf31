import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { browserAt } from '../helpers/site.ts'

/**
 * Points sqlmap and wapiti at a demo that stays up: `npm run attack -- <what> <site> <folder> <name> <password>`, or with
 * the path of an entry link instead of name and password. It signs in, walks the site's links, keeps what it found in the
 * folder and runs the tool over one address of each route, for a few minutes.
 */
const [tool = 'sqlmap', site = 'http://127.0.0.1:3000', folder = '.attack', who = '', password = ''] =
    process.argv.slice(2)
const MOST_SECONDS = Number(process.env.ATTACK_SECONDS ?? 240)
const MODULES =
    process.env.ATTACK_MODULES ?? 'sql,xss,permanentxss,file,exec,redirect,crlf,csp,http_headers,cookieflags,csrf'

/** Debian's wapiti 3.0.4 writes what is to be left out as a pattern that Debian's Python refuses; here its flags come first. */
const WAPITI = `import re, sys
compile = re.compile
re.compile = lambda p, *flags: compile('(?ms)' + p[:-5] if isinstance(p, str) and p.endswith('(?ms)') else p, *flags)
from wapitiCore.main.wapiti import wapiti_main
sys.exit(wapiti_main())`

const browser = browserAt(site)
if (who.startsWith('/')) {
    await browser.open(who)
    await browser.send(who, { who: 'attacker' })
} else {
    await browser.open('/sign-in')
    await browser.send('/sign-in', { name: who, password })
}
const { gets, posts } = await walk(new URL(browser.page().url).pathname)
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/routes.txt`, [...gets.values(), ...[...posts.keys()].map((path) => `POST ${path}`)].join('\n'))
process.stdout.write(`${gets.size} routes to read, ${posts.size} forms to send\n`)
const code = tool === 'wapiti' ? await wapiti() : await sqlmap()
process.exitCode = code ?? 0

/** One address of each shape: numbers and names of stores in a path are all the same to us. */
async function walk(start: string) {
    const [gets, posts, wait] = [new Map<string, string>(), new Map<string, string>(), [start]]
    for (let path = wait.shift(); path !== undefined && gets.size < 150; path = wait.shift()) {
        const shape = shapeOf(path)
        if (gets.has(shape)) continue
        gets.set(shape, path)
        if (path.includes('/download')) continue
        const { html } = await browser.open(path)
        for (const [, to] of html.matchAll(/(?:href|hx-get)="(\/(?:account|stores)[^"#]*)"/g)) wait.push(plain(to!))
        for (const [, to, inside] of html.matchAll(
            /<form[^>]*method="post"[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g,
        )) {
            const names = [...inside!.matchAll(/name="([^"]+)"(?:[^>]*?value="([^"]*)")?/g)]
            const body = new URLSearchParams(
                names.map(([, name, value]): [string, string] => [name!, plain(value ?? '1') || '1']),
            )
            if (!to!.includes('sign-out') && !posts.has(shapeOf(to!))) posts.set(shapeOf(to!), `${to} ${body}`)
        }
    }
    return { gets, posts }
}

function shapeOf(path: string): string {
    const [way = '', query = ''] = path.split('?')
    const names = [...new URLSearchParams(query).keys()].sort()
    return `${way.replaceAll(/\/\d+/g, '/#').replaceAll(/\/stores\/[^/]+/g, '/stores/@')}?${names}`
}

function plain(text: string): string {
    return text.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').replaceAll('&quot;', '"')
}

/** Every number in a path, every word of a query and every field of a form is tried. */
async function sqlmap() {
    const marked = (path: string) => `${site}${path}`.replaceAll(/\/(\d+)(?=\/|\?|$)/g, '/$1*')
    const addresses = [...gets.values()].filter((path) => /\?|\/\d+/.test(path)).map((path) => ['-u', marked(path)])
    const forms = [...posts.values()].map((one) => {
        const [to, body] = one.split(' ') as [string, string]
        return [
            '-u',
            `${site}${to}`,
            '--data',
            body,
            '-p',
            [...new URLSearchParams(body).keys()].filter((name) => !name.startsWith('_')).join(','),
        ]
    })
    const end = Date.now() + MOST_SECONDS * 1000
    for (const target of [...forms, ...addresses]) {
        if (Date.now() > end) break
        process.stdout.write(`sqlmap: ${target.slice(1).join(' ')}\n`)
        const tries = ['--batch', '--flush-session', '--dbms=PostgreSQL', '--level=1', '--risk=1', '--technique=BEU']
        const rest = [
            '--threads=2',
            '--ignore-code=*',
            '--smart',
            '--output-dir',
            `${folder}/sqlmap`,
            '--cookie',
            browser.cookie(),
        ]
        await run('sqlmap', [...target, ...tries, ...rest])
    }
    return 0
}

function wapiti() {
    const paths = [...gets.values()].flatMap((path) => ['-s', `${site}${path}`])
    const [name, value] = browser.cookie().split(/=(.*)/s) as [string, string]
    const limits = [
        // every shape of address is given; of the many of one shape a few more do
        ...['-d', '1', '--max-files-per-dir', '40'],
        ...['--max-scan-time', String(MOST_SECONDS), '--max-attack-time', String(MOST_SECONDS / 4)],
        ...['-x', `${site}/sign-out`, '--flush-session'],
    ]
    const modules = ['-m', MODULES]
    const report = ['-f', 'txt', '-o', `${folder}/wapiti.txt`, '--store-session', `${folder}/session`, '--no-bugreport']
    return run('/usr/bin/python3', [
        '-c',
        WAPITI,
        '-u',
        `${site}${gets.values().next().value}`,
        '--scope',
        'domain',
        '-H',
        `Cookie: ${name}=${value}`,
        ...paths,
        ...limits,
        ...modules,
        ...report,
    ])
}

function run(command: string, args: string[]): Promise<number | null> {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    return new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve))
}

import type { Readable } from 'node:stream'

/** What a stream says up to some words. */
export function saidUntil(stream: Readable, words: string): Promise<string> {
    let said = ''
    return new Promise((resolve, reject) => {
        stream.setEncoding('utf8').on('data', (part: string) => {
            said += part
            if (said.includes(words)) resolve(said)
        })
        stream.once('end', () => reject(new Error(`Expected "${words}", came the end of:\n${said}`)))
    })
}

/** The address and the login that a demo told. */
export function siteIn(said: string): { url: string; name: string; password: string } {
    const [, url] = /^ {2}(http:\S+)$/m.exec(said) ?? []
    const [, name, password] = /Sign in as (\S+) with the password (\S+)/.exec(said) ?? []
    if (!url || !name || !password) throw new Error(`Expected the demo to tell its site and a login, got:\n${said}`)
    return { url, name, password }
}

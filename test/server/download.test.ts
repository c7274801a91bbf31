import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { sendFile } from '../../server/download.ts'

test('a place whose readers are slow keeps no other from its files', async (t) => {
    const slow = Promise.withResolvers<void>()
    t.after(() => slow.resolve())
    const download = (whose: string, ready?: Promise<void>) => {
        const response = Object.assign(new PassThrough(), { set() {}, removeHeader() {}, headersSent: false })
        const write = async () => {
            await ready
            response.end('the file')
        }
        const sent = sendFile(response as never, { name: 'file', format: 'csv', write }, whose)
        return { sent, came: text(response) }
    }
    const begun = [download('slow', slow.promise), download('slow', slow.promise)]
    await assert.rejects(download('slow').sent, /Other files are being written right now/)
    assert.equal(await download('other').came, 'the file')
    slow.resolve()
    await Promise.all(begun.map(({ sent }) => sent))
    assert.equal(await download('slow').came, 'the file')
})

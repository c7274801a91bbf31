import { openAsBlob } from 'node:fs'
import type { ShopifyClient } from './client.ts'
import { HttpStatusError, NetworkError, ShopifyError, type UserError, UserErrorsError } from './errors.ts'
import { mayPass } from './judge.ts'
import { operation } from './operations.ts'
import { checkedFileUrl } from './result_url.ts'
import type { VariablesFile } from './variables_file.ts'

type Target = { url: string; parameters: { name: string; value: string }[] }
type Staged = { stagedUploadsCreate: { stagedTargets: Target[] | null; userErrors: UserError[] } }

/**
 * Uploads a file of variables and returns the path to start a bulk mutation with. It changes nothing in the store, so a
 * broken upload is made anew. Throws UserErrorsError, HttpStatusError or NetworkError.
 */
export async function stageVariables(client: ShopifyClient, file: VariablesFile, name: string): Promise<string> {
    for (let attempt = 1; ; attempt++) {
        try {
            const target = await askForTarget(client, name)
            await upload(client, target, file, name)
            return target.parameters.find((parameter) => parameter.name === 'key')!.value
        } catch (error) {
            const passing = error instanceof ShopifyError && mayPass(error)
            if (!passing || attempt >= client.limits.attempts) throw error
            await client.clock.sleep(client.limits.firstWaitMs * 2 ** (attempt - 1), client.signal)
        }
    }
}

async function askForTarget(client: ShopifyClient, name: string): Promise<Target> {
    const input = [
        { resource: 'BULK_MUTATION_VARIABLES', filename: `${name}.jsonl`, mimeType: 'text/jsonl', httpMethod: 'POST' },
    ]
    const { stagedUploadsCreate } = await client.mutate<Staged>(operation('bulk/staged_upload'), { input })
    const target = stagedUploadsCreate.stagedTargets?.[0]
    if (target?.parameters.some((parameter) => parameter.name === 'key')) return target
    const { userErrors } = stagedUploadsCreate
    const todo = 'Nothing was uploaded; try again later.'
    throw new UserErrorsError({
        store: client.domain,
        operation: name,
        expected: 'a place to upload to',
        todo,
        userErrors,
    })
}

/** Multipart, the file last, as the file host reads no field after it; without the token. */
async function upload(client: ShopifyClient, target: Target, file: VariablesFile, name: string): Promise<void> {
    const form = new FormData()
    for (const parameter of target.parameters) form.append(parameter.name, parameter.value)
    form.append('file', await openAsBlob(file.path, { type: 'text/jsonl' }), `${name}.jsonl`)
    const url = checkedFileUrl(client, target.url, name)
    const facts = { store: client.domain, operation: `upload of ${name}`, expected: 'HTTP 201' }
    const request = { method: 'POST', body: form, redirect: 'manual', signal: client.signal } as const
    const response = await fetch(url, request).catch((cause: Error) => {
        client.signal?.throwIfAborted()
        const came = String(cause.cause ?? cause)
        throw new NetworkError({ ...facts, came, todo: 'Look at the network, then try again.', cause, sent: true })
    })
    const body = await response.text()
    if (response.ok) return
    const came = `${response.status} ${body}`
    throw new HttpStatusError({
        ...facts,
        status: response.status,
        came,
        todo: 'Nothing was started; try again later.',
    })
}

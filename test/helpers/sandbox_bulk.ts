import { type Asked, at, type Talk } from './sandbox.ts'

export const OPERATION = `id status type errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl query`
const RUN_QUERY = `mutation Run($query: String!, $groupObjects: Boolean!) {
    bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) {
        bulkOperation { ${OPERATION} }
        userErrors { field message code }
    }
}`
const RUN_MUTATION = `mutation Run($mutation: String!, $path: String!, $clientIdentifier: String) {
    bulkOperationRunMutation(mutation: $mutation, stagedUploadPath: $path, clientIdentifier: $clientIdentifier) {
        bulkOperation { ${OPERATION} }
        userErrors { field message code }
    }
}`
const STAGE = `mutation Stage($input: [StagedUploadInput!]!) {
    stagedUploadsCreate(input: $input) { stagedTargets { url resourceUrl parameters { name value } } userErrors { field message } }
}`

export type Operation = Record<string, string | null> & { id: string; status: string }
export type Started = { bulkOperation: Operation | null; userErrors: { message: string; code: string | null }[] }
export type Line = Record<string, unknown> & { id?: string; __parentId?: string; __lineNumber?: number }

export async function runQuery(
    { ask }: Talk,
    query: string,
    groupObjects = false,
    asked: Asked = {},
): Promise<Started> {
    const { body } = await ask(RUN_QUERY, { query, groupObjects }, asked)
    return at(body, 'data', 'bulkOperationRunQuery') as Started
}

export async function runMutation({ ask }: Talk, mutation: string, path: string, more: object = {}): Promise<Started> {
    const { body } = await ask(RUN_MUTATION, { mutation, path, ...more })
    return at(body, 'data', 'bulkOperationRunMutation') as Started
}

export async function readOperation({ ask }: Talk, id: string): Promise<Operation> {
    const { body } = await ask(`query Poll($id: ID!) { bulkOperation(id: $id) { ${OPERATION} } }`, { id })
    return at(body, 'data', 'bulkOperation') as Operation
}

/** Polls until the operation is over. */
export async function ended(talk: Talk, started: Started): Promise<Operation> {
    if (!started.bulkOperation) throw new Error(`refused: ${JSON.stringify(started.userErrors)}`)
    for (;;) {
        const operation = await readOperation(talk, started.bulkOperation.id)
        if (!['CREATED', 'RUNNING', 'CANCELING'].includes(operation.status)) return operation
    }
}

/** The lines behind a result's URL. */
export async function linesAt(url: string | null | undefined): Promise<Line[]> {
    if (!url) return []
    const text = await (await fetch(url)).text()
    return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Line)
}

/** Uploads the variables of a bulk mutation as a form; answers with the key to run it by, and what storage said. */
export async function upload({ ask }: Talk, content: string, order: 'last' | 'first' = 'last') {
    const input = [
        { resource: 'BULK_MUTATION_VARIABLES', filename: 'v.jsonl', mimeType: 'text/jsonl', httpMethod: 'POST' },
    ]
    const { body } = await ask(STAGE, { input })
    const target = at(body, 'data', 'stagedUploadsCreate', 'stagedTargets', 0) as {
        url: string
        parameters: { name: string; value: string }[]
    }
    const form = new FormData()
    const file = new Blob([content], { type: 'text/jsonl' })
    if (order === 'first') form.append('file', file)
    for (const { name, value } of target.parameters) form.append(name, value)
    if (order === 'last') form.append('file', file)
    const response = await fetch(target.url, { method: 'POST', body: form })
    const key = target.parameters.find(({ name }) => name === 'key')?.value ?? ''
    return { key, status: response.status, xml: await response.text(), target }
}

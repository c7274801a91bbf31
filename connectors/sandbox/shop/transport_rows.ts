/**
 * What a shop remembers of the traffic with it, beside its goods: bulk operations, uploaded files and the answers to
 * idempotent calls. The files that serve these own the meaning of their fields.
 */
export type BulkOperation = {
    __typename: 'BulkOperation'
    id: number
    type: 'QUERY' | 'MUTATION'
    query: string
    status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED' | 'EXPIRED'
    errorCode: string | null
    createdAt: number
    completedAt: number | null
    objectCount: number
    rootObjectCount: number
    fileSize: number | null
    url: string | null
    partialDataUrl: string | null
}

export type StagedUpload = {
    key: string
    resource: string
    filename: string
    mimeType: string
    content: string | null
    createdAt: number
}

/** Kept 24 hours: the same key with the same fingerprint is answered again, with another one it is refused. */
export type IdempotentAnswer = { key: string; fingerprint: string; at: number; answer: unknown }

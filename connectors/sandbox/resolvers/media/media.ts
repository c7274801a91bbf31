import type { GraphQLResolveInfo } from 'graphql'
import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime } from '../../shop/gids.ts'
import { addressOf, type MediaState, stateOf } from '../../shop/pictures.ts'
import type { Media } from '../../shop/state.ts'
import { connection, type PageArgs } from '../connection.ts'
import { matches } from '../search.ts'
import { idTest, textTest, timeTest } from '../search_tests.ts'

const contentTypes: Record<Media['__typename'], string> = {
    MediaImage: 'IMAGE',
    Video: 'VIDEO',
    ExternalVideo: 'EXTERNAL_VIDEO',
    Model3d: 'MODEL_3D',
    GenericFile: 'FILE',
}

/** Media already counted as read in a request: one request is one read, however often it asks. */
const readIn = new WeakMap<Context, Set<number>>()

/** Where a file stands, as a reader sees it: each query that looks brings it one read nearer to READY. */
export function seenState(media: Media, context: Context, info: GraphQLResolveInfo): MediaState {
    const read = readIn.get(context) ?? new Set()
    readIn.set(context, read)
    if (info.operation.operation === 'query' && !read.has(media.id) && media.readsLeft > 0) media.readsLeft -= 1
    read.add(media.id)
    return stateOf(context.shop, media, context.clock.now())
}

function imageWhenReady(media: Media, context: Context, info: GraphQLResolveInfo) {
    return seenState(media, context, info) === 'READY' ? { id: gid('ImageSource', media.id), media } : null
}

const ofFile = {
    id: (media: Media) => gid(media.__typename, media.id),
    createdAt: (media: Media) => isoTime(media.createdAt),
    updatedAt: (media: Media) => isoTime(media.updatedAt),
    fileStatus: (media: Media, _: unknown, context: Context, info: GraphQLResolveInfo) =>
        seenState(media, context, info),
    fileErrors: (media: Media, _: unknown, context: Context, info: GraphQLResolveInfo) =>
        errorsOf(media, context, info),
    preview: (media: Media, _: unknown, context: Context, info: GraphQLResolveInfo) => ({
        status: seenState(media, context, info),
        image: imageWhenReady(media, context, info),
    }),
}

const ofMedia = {
    ...ofFile,
    mediaContentType: (media: Media) => contentTypes[media.__typename],
    status: (media: Media, _: unknown, context: Context, info: GraphQLResolveInfo) => seenState(media, context, info),
    mediaErrors: (media: Media, _: unknown, context: Context, info: GraphQLResolveInfo) =>
        errorsOf(media, context, info),
    mediaWarnings: () => [],
}

function errorsOf(media: Media, context: Context, info: GraphQLResolveInfo) {
    if (seenState(media, context, info) !== 'FAILED') return []
    const message = 'The file could not be downloaded.'
    return [{ code: 'IMAGE_DOWNLOAD_FAILURE', details: message, message }]
}

type ShownImage = { id: string; media: Media }

export const resolvers: Resolvers = {
    QueryRoot: {
        files: (_: unknown, args: PageArgs & { query?: string | null }, context: Context, info) => {
            const now = context.clock.now()
            const found = [...context.shop.media.values()].filter((media) =>
                matches(args.query, {
                    id: idTest(media.id),
                    filename: textTest(media.filename),
                    status: textTest(stateOf(context.shop, media, now)),
                    media_type: textTest(contentTypes[media.__typename]),
                    created_at: timeTest(media.createdAt),
                    updated_at: timeTest(media.updatedAt),
                }),
            )
            return connection(found, args, context, info)
        },
    },
    MediaImage: {
        ...ofMedia,
        translations: () => [],
        image: (media: Media, _: unknown, context: Context, info) => imageWhenReady(media, context, info),
        mimeType: (media: Media) => media.mimeType,
        // what was given is not told again: the shop keeps its own copy, under its own address
        originalSource: (media: Media, _: unknown, { origin }: Context) => ({
            fileSize: 100_000 + (media.id % 100_000),
            url: addressOf(origin, media),
        }),
    },
    Video: { ...ofMedia, originalSource: () => null, sources: () => [], duration: () => 0 },
    ExternalVideo: {
        ...ofMedia,
        embedUrl: (media: Media) => media.originalSource,
        embeddedUrl: (media: Media) => media.originalSource,
        originUrl: (media: Media) => media.originalSource,
        host: (media: Media) => (media.originalSource.includes('vimeo') ? 'VIMEO' : 'YOUTUBE'),
    },
    Model3d: { ...ofMedia, originalSource: () => null, sources: () => [], boundingBox: () => null },
    GenericFile: {
        ...ofFile,
        mimeType: (media: Media) => media.mimeType,
        originalFileSize: () => null,
        url: (media: Media, _: unknown, { origin }: Context) => addressOf(origin, media),
    },
    Image: {
        altText: ({ media }: ShownImage) => media.alt,
        url: ({ media }: ShownImage, _: unknown, { origin }: Context) => addressOf(origin, media),
        src: ({ media }: ShownImage, _: unknown, { origin }: Context) => addressOf(origin, media),
        originalSrc: ({ media }: ShownImage, _: unknown, { origin }: Context) => addressOf(origin, media),
        transformedSrc: ({ media }: ShownImage, _: unknown, { origin }: Context) => addressOf(origin, media),
        width: ({ media }: ShownImage) => media.width,
        height: ({ media }: ShownImage) => media.height,
        thumbhash: () => null,
        translations: () => [],
    },
}

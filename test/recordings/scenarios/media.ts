import type { Scenario, Stage } from '../stage.ts'

const RESOURCES = `{
    stagedUploadResource: __type(name: "StagedUploadTargetGenerateUploadResource") {
        enumValues(includeDeprecated: true) { name isDeprecated deprecationReason }
    }
    stagedUploadHttpMethod: __type(name: "StagedUploadHttpMethodType") { enumValues { name } }
}`

const every = (stage: Stage) => stage.playAll(stage.paths(/^cases/))

export const media: readonly Scenario[] = [
    {
        file: '2026-04/media/media-staged-uploads-create-non-merchandising.json',
        play: async (stage) => {
            await stage.play('schema', { document: RESOURCES })
            await every(stage)
        },
    },
    { file: '2026-04/media/media-staged-uploads-create-user-errors-shape.json', play: every },
]

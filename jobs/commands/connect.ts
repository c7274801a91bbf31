import { z } from 'zod'
import { settingsSchema } from '../../sql/stores/settings.ts'
import { command, type Outcome, WrongUse } from './command.ts'
import { domain, settingsFile } from './given.ts'

const ANSWER = 'expected a domain: see crossdock store list'

export const connect = command({
    name: 'connect',
    does: 'Connects a source with a destination, or gives their connection other settings.',
    about:
        'Settings are one JSON document; what is left out takes its default (--help-settings prints its schema).\n' +
        'Nothing is written to the destination but the definition of our mark; its first change sets wait for a person.',
    example: 'crossdock connect --source northwind.example --destination corner.example --settings corner.json',
    options: [
        ['--source <domain>', 'the store that feeds'],
        ['--destination <domain>', 'the store that is fed'],
        ['--settings <file>', 'settings, a JSON file'],
        ['--help-settings', 'print the JSON schema of the settings and end'],
    ],
    given: z.object({
        source: domain.optional(),
        destination: domain.optional(),
        settings: z.string().optional(),
        helpSettings: z.boolean().default(false),
    }),
    async run({ source, destination, settings, helpSettings }, desk) {
        if (helpSettings) return settingsHelp()
        if (!source || !destination) throw new WrongUse(`--source and --destination: ${ANSWER}.`)
        const document = await settingsFile(settings)
        const { account_id } = await desk.account()
        const whose = { account_id, who: desk.who }
        const { connect: connectStores } = await import('../connect.ts')
        const made = await connectStores(await desk.host(), whose, { source, destination, settings: document })
        for (const note of made.notes) desk.say(note)
        return {
            json: { connection: made.connection_id, source, destination, notes: made.notes },
            text: `Connection ${made.connection_id}: ${source} feeds ${destination}. Next: crossdock run nightly`,
        }
    },
})

function settingsHelp(): Outcome {
    const schema = z.toJSONSchema(settingsSchema, { io: 'input' }) as Outcome['json']
    return { json: schema, text: JSON.stringify(schema, null, 4) }
}

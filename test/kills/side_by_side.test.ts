import { test } from 'node:test'
import { worldForFile } from './short_form.ts'
import { sharedPlaces, twoWorkers } from './side_by_side.ts'

const world = worldForFile()

test('rule 89: of two workers at one database one is killed, and the other one does all that both had to do', async () => {
    const place = sharedPlaces.find(({ seam, name }) => seam === 'midway' && name === 'answer of image_create recorded')
    await twoWorkers(world(), place!, 7)
})

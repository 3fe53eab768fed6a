/** What goes with an export is read by the programs it is for: the scripts count as the report does. */
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { studyFiles } from '../../src/core/studies/export/study-files.ts'
import { writeRowFile } from '../../src/files/row-file.ts'
import { rowSource, spreadsheet } from '../../src/files/spreadsheet.ts'
import { readZipMember } from '../../src/files/unzip.ts'
import { question } from '../pure/studies/report-builders.ts'
import { temporaryFolder } from '../support/builders.ts'
import { sha256, simulateStudy } from '../support/simulated-study.ts'

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0

function exported() {
  const made = simulateStudy({
    images: 20,
    raters: 4,
    perItem: 3,
    criteria: [question('places', 'ranking'), question('ends', 'best-worst')],
    strengths: [0.8, 0, -0.8],
    tie: 0.3,
    seed: 5,
  })
  const { study } = made
  // Names and words that a reader of tables could take for something else.
  const named = {
    ...study,
    protocol: {
      ...study.protocol,
      systems: ['NA', '"quoted", with #', 'third', 'fourth'].map((name) => ({ name })),
    },
    plan: {
      ...study.plan,
      items: study.plan.items.map((item, at) => ({
        ...item,
        cards: item.cards.map((card, c) => ({
          ...card,
          text: at === 0 ? `NA\n#${c}` : card.text,
          // The fourth system says what the first says, or what the third says.
          systems: (at % 4 === 0 ? [[0, 3], [1], [2]] : [[0], [1], [2, 3]])[c] ?? [],
        })),
      })),
    },
  }
  const log: [] = []
  const steps = studyFiles(
    {
      ...made,
      study: named,
      log,
      level: 'full',
      resamples: 100,
      raterModels: false,
      appVersion: '0',
    },
    { sha256, sqlite: () => new Uint8Array() },
  )
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

async function written() {
  const folder = temporaryFolder()
  const { files, report } = exported()
  for (const { name, text } of files.files) writeFileSync(path.join(folder, name), text)
  for (const table of files.tables)
    await writeRowFile(path.join(folder, `${table.name}.csv`), 'csv', { source: rowSource(table) })
  const shares = report.criteria.flatMap((one) =>
    one.shares.map(({ system, votes }) => [one.id, report.systems[system], votes.value] as const),
  )
  return { folder, files, shares, report }
}

test('one spreadsheet holds every table on a sheet of its own', async () => {
  const { files } = exported()
  const file = path.join(temporaryFolder(), 'study.xlsx')
  writeFileSync(file, await spreadsheet(files.tables))
  const text = async (name: string) => new TextDecoder().decode(await readZipMember(file, name))
  const names = [...(await text('xl/workbook.xml')).matchAll(/<sheet name="([^"]+)"/g)]
  expect(names.map(([, name]) => name)).toEqual(files.tables.map(({ name }) => name))
  for (const [at, table] of files.tables.entries()) {
    const sheet = await text(`xl/worksheets/sheet${at + 1}.xml`)
    expect(sheet.match(/<row /g)).toHaveLength(table.rows.length + 1)
  }
})

test.skipIf(!has('Rscript'))('load.R: shares, votes and mean places of the report', async () => {
  const { folder, shares, report } = await written()
  const print =
    'source("load.R"); s <- summarise_study(load_study()); for (i in seq_len(nrow(s))) cat(s$criterion[i], s$system[i], s$first[i], s$votes[i], s$place[i], sep = "\\t", fill = 1000)'
  const said = execFileSync('Rscript', ['-e', print], { cwd: folder, encoding: 'utf8' })
  const rows = said
    .trim()
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()))
  for (const [criterion, system, share] of shares) {
    const row = rows.find((one) => one[0] === criterion && one[1] === system)
    expect(Number(row?.[2])).toBeCloseTo(share, 4)
    expect(Number(row?.[3])).toBe(report.criteria[0]?.votes)
    expect(row?.[4] === 'NA').toBe(criterion === 'ends')
  }
})

test.skipIf(!has('python3'))('load.py: the same shares', async () => {
  const { folder, shares } = await written()
  const said = execFileSync('python3', ['load.py'], { cwd: folder, encoding: 'utf8' })
  for (const [, system, share] of shares)
    expect(said).toContain(`  ${system}: ${(100 * share).toFixed(1)} % of first places`)
})

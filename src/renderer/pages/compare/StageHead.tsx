/** Name of the open image with what is known of it. */
import { Pencil } from 'lucide-react'
import { Fragment } from 'react'
import { formatCount, plural } from '../../format.ts'
import { knownAltText } from '../../sheet/plan-conditions.ts'
import { useComparison } from '../../stores/comparison.ts'
import { useCurrentSheet } from '../../stores/current-sheet.ts'
import { flipMarks, useMarks } from '../../stores/marks.ts'
import { showSheet } from '../../stores/screen.ts'
import { Button } from '../../ui/Button.tsx'

export function StageHead() {
  const image = useComparison((state) => state.image)
  const differences = useComparison((state) => state.showDifferences)
  const marks = useMarks((state) => state.shown)
  const rows = useCurrentSheet().rows.length
  if (!image) return <div className="head" aria-busy="true" />
  const className = knownAltText(image, 'class-name')
  // Figures stay on one line with their words; names may be long.
  const names = [image.group, className === null ? 'no class name' : `class “${className}”`]
  const figures = [
    `${formatCount(image.width)} × ${formatCount(image.height)}`,
    rows > 0 ? plural(rows, 'alt-text') : null,
  ]
  const known = [...names, ...figures].filter((one) => one !== null)
  return (
    <div className="head">
      <div className="grow">
        <h1 className="clip" title={image.name}>
          {image.name}
        </h1>
        <div className="sub" title={known.join(' · ')}>
          {known.map((one, index) => (
            <Fragment key={index}>
              {index > 0 && ' · '}
              <span className={figures.includes(one) ? 'unbroken' : undefined}>{one}</span>
            </Fragment>
          ))}
        </div>
      </div>
      <Button
        look="quiet"
        keys="G"
        pressed={marks}
        blocked={rows > 0 ? null : 'There are no captions to mark yet'}
        onPress={flipMarks}
      >
        Marks
      </Button>
      <Button
        look="quiet"
        keys="D"
        pressed={differences}
        blocked={rows > 1 ? null : 'There is only one alt-text to compare'}
        onPress={() => useComparison.setState({ showDifferences: !differences })}
      >
        Differences
      </Button>
      <Button
        look="quiet"
        keys="E"
        icon={<Pencil className="icon" aria-hidden="true" />}
        onPress={() => showSheet('edit-image')}
      >
        Edit
      </Button>
    </div>
  )
}

/** The picture beside its captions, upright or exactly as the model got it. */
import { Eye } from 'lucide-react'
import { isElsewhere } from '../../../shared/elsewhere.ts'
import { isEndpoint } from '../../../shared/endpoint-names.ts'
import type { EndpointSummary } from '../../../shared/endpoint.ts'
import type { Cell } from '../../../shared/types.ts'
import { pictureUrl } from '../../api.ts'
import { Picture } from '../../components/Picture.tsx'
import { useComparison } from '../../stores/comparison.ts'
import { useSelectedCell } from '../../stores/current-sheet.ts'
import { useCursor } from '../../stores/cursor.ts'
import { imageOcclusion, useLensView } from '../../stores/lens.ts'
import { ruleWords, unseenWords } from '../../sheet/seen-as.ts'
import { chosenCaptioner, useSettings } from '../../stores/settings.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { HeatLayer, HeatWords, type HeatProps } from './HeatMap.tsx'
import { endpointOf } from '../../captioners.ts'

/** What lies over the picture: the heat map of the selected caption, when it was asked for. */
function useHeatProps(cell: Cell | null): HeatProps | null {
  const heat = useLensView((state) => state.heat)
  const result = imageOcclusion.use((state) => state.results[cell?.id ?? ''])
  const at = useCursor(({ cursor }) =>
    cursor && cursor.foldId === cell?.id && cursor.place === 'caption' ? cursor : null,
  )
  return cell && result && heat === cell.id ? { result, at, caption: cell.caption } : null
}

/** What was sent for this caption; before there is one, what would be. */
function sentWords(cell: Cell | null, endpoint: EndpointSummary | null): string {
  const picture = cell?.provenance.endpoint?.picture
  if (picture) return `${picture.width} × ${picture.height}, the whole`
  return endpoint ? `the whole, longer side at most ${endpoint.definition.maxSide}` : 'not known'
}

export function ImageColumn() {
  const image = useComparison((state) => state.image)
  const asSeen = useComparison((state) => state.asSeen)
  const cell = useSelectedCell()
  const heat = useHeatProps(cell)
  const chosenResize = useSettings((state) => state.settings.resize)
  const bundles = useStatus((state) => state.bundles)
  // Nobody knows what whoever wrote elsewhere saw: the captioner of the moment stands for it.
  const made = cell && !isElsewhere(cell.captionerId) ? cell : null
  const captionerId = made?.captionerId ?? chosenCaptioner()
  const bundle = bundles.find(({ id }) => id === captionerId)
  const resize = made?.provenance.settings.resize ?? chosenResize
  const rule = resize === 'bundle' ? bundle?.resize : resize
  if (!image) return <div className="image-column" />
  const unseen = unseenWords(rule, image.width, image.height)
  const behind = captionerId !== null && isEndpoint(captionerId)
  // Patches are patches of what the captioner saw.
  const seen = (asSeen || heat) && captionerId !== null ? { captionerId, resize } : undefined
  return (
    <div className="image-column">
      <div className="image-stays">
        <div className={heat ? 'heated' : 'bare'}>
          <Picture
            src={pictureUrl(image.id, seen ? 'seen' : 'full', seen)}
            alt={
              !seen
                ? 'The image'
                : behind
                  ? 'The image as it is sent'
                  : 'The image as the captioner got it'
            }
            fit={seen && !behind ? 'cover' : 'contain'}
          />
          {heat && <HeatLayer {...heat} />}
        </div>
        {heat && <HeatWords {...heat} />}
        <Button
          icon={<Eye className="icon" aria-hidden="true" />}
          keys="M"
          pressed={asSeen}
          blocked={
            captionerId === null || (behind && !bundle) ? 'There is no captioner to see it' : null
          }
          onPress={() => useComparison.setState({ asSeen: !asSeen })}
        >
          As seen
        </Button>
        <dl>
          {behind && (
            <>
              <dt>Sent as</dt>
              <dd className="num">{sentWords(made, endpointOf(bundles, captionerId))}</dd>
            </>
          )}
          {bundle && !behind && (
            <>
              <dt>Seen as</dt>
              <dd className="num">
                {bundle.imageSize} × {bundle.imageSize},{' '}
                {ruleWords(rule, image.width, image.height)}
              </dd>
              {unseen && <dd className="note">{unseen}</dd>}
            </>
          )}
          <dt>Format</dt>
          <dd>{image.format}</dd>
          {image.notes.map((one) => (
            <dd key={one} className="note">
              {one}
            </dd>
          ))}
        </dl>
      </div>
    </div>
  )
}

/** Search over commands, images and captions in one field. */
import { useEffect, useMemo, useState } from 'react'
import {
  Autocomplete,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  TextField,
} from 'react-aria-components'
import { hasTokens } from '../../shared/endpoint-names.ts'
import type { Cell, ImageCard } from '../../shared/types.ts'
import { client, pictureUrl } from '../api.ts'
import { commandsOf } from '../commands.ts'
import { openImage, select } from '../stores/comparison.ts'
import { showScreen, showSheet, useScreen } from '../stores/screen.ts'
import { useStatus } from '../stores/status.ts'
import { showError } from '../stores/toasts.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { KindChip } from './KindGlyph.tsx'
import { Picture } from './Picture.tsx'
import { nameOf } from '../captioners.ts'

interface Found {
  readonly images: readonly ImageCard[]
  readonly cells: readonly Cell[]
}

const NOTHING: Found = { images: [], cells: [] }
const PAUSE_MS = 150
const MOST = 6

async function find(words: string, signal: AbortSignal): Promise<Found> {
  const [images, cells] = await Promise.all([
    client.call('images.list', { search: words, limit: MOST }, { signal }),
    client.call('cells.search', { words, limit: MOST }, { signal }),
  ])
  return { images: images.images, cells: cells.cells }
}

function useFound(words: string): Found {
  const [found, setFound] = useState(NOTHING)
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(
      () =>
        (words.trim() === '' ? Promise.resolve(NOTHING) : find(words, abort.signal))
          .then(setFound)
          .catch(showError),
      PAUSE_MS,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [words])
  return found
}

async function openCell(cell: Cell): Promise<void> {
  showScreen('compare')
  await openImage(cell.imageId)
  select(cell.id)
}

function openCard(image: ImageCard): void {
  showScreen('compare')
  void openImage(image.id)
}

export function Palette() {
  const screen = useScreen((state) => state.screen)
  const [words, setWords] = useState('')
  const bundles = useStatus((state) => state.bundles)
  const { images, cells } = useFound(words)
  const commands = useMemo(
    () =>
      commandsOf(screen).filter(
        ({ title, bind }) =>
          bind !== '$mod+k' && title.toLowerCase().includes(words.trim().toLowerCase()),
      ),
    [screen, words],
  )
  const act = (key: string): void => {
    showSheet(null)
    const [kind, id = ''] = key.split('\n')
    const cell = cells.find((one) => one.id === id)
    const image = images.find((one) => one.id === id)
    if (kind === 'cell' && cell) void openCell(cell)
    else if (kind === 'image' && image) openCard(image)
    else commands.find(({ title }) => title === id)?.run()
  }
  return (
    <Sheet title="Search or run a command" wide onClose={() => showSheet(null)}>
      <Autocomplete inputValue={words} onInputChange={setWords}>
        <TextField
          className="palette-field"
          aria-label="Search or run a command"
          autoFocus
          // One Esc closes; a search field would only be emptied by the first.
          onKeyDown={({ key }) => key === 'Escape' && showSheet(null)}
        >
          <Input placeholder="Words of a caption, a file name, a command" />
        </TextField>
        <ListBox
          className="palette-list"
          aria-label="Results"
          selectionMode="none"
          onAction={(key) => act(String(key))}
          renderEmptyState={() => <p className="dim">Nothing by these words.</p>}
        >
          {commands.length > 0 && (
            <ListBoxSection id="commands">
              <Header className="label">Commands</Header>
              {commands.map((command) => (
                <ListBoxItem
                  key={command.title}
                  id={`command\n${command.title}`}
                  textValue={command.title}
                >
                  <span className="grow">{command.title}</span>
                  <span aria-hidden="true">
                    <Kbd keys={command.keys} />
                  </span>
                </ListBoxItem>
              ))}
            </ListBoxSection>
          )}
          {images.length > 0 && (
            <ListBoxSection id="images">
              <Header className="label">Images</Header>
              {images.map((image) => (
                <ListBoxItem key={image.id} id={`image\n${image.id}`} textValue={image.name}>
                  <span className="grow clip">{image.name}</span>
                  <span className="dim clip">{image.className}</span>
                </ListBoxItem>
              ))}
            </ListBoxSection>
          )}
          {cells.length > 0 && (
            <ListBoxSection id="captions">
              <Header className="label">Captions</Header>
              {cells.map((cell) => (
                <ListBoxItem key={cell.id} id={`cell\n${cell.id}`} textValue={cell.caption}>
                  <span className="palette-thumb">
                    <Picture src={pictureUrl(cell.imageId, 'thumbnail')} alt="" />
                  </span>
                  <span className="grow">
                    <span className="serif clamp" dir="auto">
                      {cell.caption}
                    </span>
                    <span className="palette-under">
                      <KindChip kind={cell.altKind} />
                      {!hasTokens(cell.captionerId) && (
                        <span className="clip">{nameOf(bundles, cell.captionerId)}</span>
                      )}
                      {cell.altText !== '' && <span className="clip">“{cell.altText}”</span>}
                    </span>
                  </span>
                </ListBoxItem>
              ))}
            </ListBoxSection>
          )}
        </ListBox>
      </Autocomplete>
    </Sheet>
  )
}

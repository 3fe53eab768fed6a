/** The two ways to bring images in, wherever they are offered. */
import { FolderPlus, ImagePlus } from 'lucide-react'
import { pickImages } from '../files/pick-images.ts'
import { Button } from '../ui/Button.tsx'

/** `primary`: bringing images in is the next step. */
export function AddImages({ primary = false }: { readonly primary?: boolean }) {
  return (
    <>
      <Button
        look={primary ? 'primary' : 'plain'}
        icon={<ImagePlus className="icon" aria-hidden="true" />}
        keys="O"
        onPress={() => void pickImages('files')}
      >
        Add files
      </Button>
      <Button
        icon={<FolderPlus className="icon" aria-hidden="true" />}
        onPress={() => void pickImages('folder')}
      >
        Add a folder
      </Button>
    </>
  )
}

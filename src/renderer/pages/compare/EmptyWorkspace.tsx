/** Before the first image: what to do next. */
import { AddImages } from '../../components/AddImages.tsx'
import { useLibrary } from '../../stores/library.ts'
import { useStatus } from '../../stores/status.ts'
import { Progress } from '../../ui/Progress.tsx'
import { hostsAllowed } from '../../captioners.ts'

export function EmptyWorkspace() {
  const loaded = useLibrary((state) => state.loaded)
  const preparing = useStatus((state) => state.status?.preparing === true)
  const online = useStatus(({ bundles }) => hostsAllowed(bundles).length > 0)
  return (
    <main className="centred">
      {preparing || !loaded ? (
        <div className="progress" role="status">
          {preparing ? 'Making the sample project' : 'Opening the workspace'}
          <Progress label="Opening" fraction={null} />
        </div>
      ) : (
        <div className="empty">
          <p>
            Drop a folder of images anywhere on this window, or choose some. Then swap the alt-text
            and see what the captioner says.
          </p>
          <div className="together">
            <AddImages primary />
          </div>
          <span className="why">
            Originals are never touched.{online ? '' : ' Nothing leaves this machine.'}
          </span>
        </div>
      )}
    </main>
  )
}

/** The program was renewed under an open page: what was given is kept, and the page has to be loaded again. */
export function Outdated() {
  return (
    <div className="outdated" role="alert">
      <p>
        The program that keeps your answers was renewed, and this page is still the old one. Load it
        again to go on: your answers, and a note you were writing, are kept.
      </p>
      <button type="button" className="primary" onClick={() => location.reload()}>
        Load the page again
      </button>
    </div>
  )
}

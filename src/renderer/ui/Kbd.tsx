/** The keys of a command, one cap each: `Ctrl K` is two. */
export function Kbd({ keys }: { readonly keys: string }) {
  return keys.split(' ').map((key) => <kbd key={key}>{key}</kbd>)
}

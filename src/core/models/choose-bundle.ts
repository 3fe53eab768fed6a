/** Which bundle a request means: the one it names, else the first that can do the work. */
import { isElsewhere, writerOf } from '../../shared/elsewhere.ts'
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'

type Role = BundleSummary['roles'][number]

/** Never an endpoint: nothing leaves this machine that nobody sent there by name. */
export const usableBundle = (
  bundles: readonly BundleSummary[],
  role: Role,
): BundleSummary | undefined =>
  bundles.find((one) => one.roles.includes(role) && one.state !== 'refused' && !isEndpoint(one.id))

export const defaultBundle = (bundles: readonly BundleSummary[], role: Role): string | null =>
  usableBundle(bundles, role)?.id ?? null

/** Fails with 'model-missing' or 'model-mismatch', naming what is wrong with the one asked for. */
export function chooseBundle(
  bundles: readonly BundleSummary[],
  role: Role,
  id: string | undefined,
): BundleSummary {
  if (id !== undefined && isElsewhere(id))
    throw new RealignError('model-missing', `${writerOf(id)} wrote its captions elsewhere`, {
      hint: `It cannot be asked from here: choose a ${role} that Models lists.`,
    })
  const found =
    id === undefined ? usableBundle(bundles, role) : bundles.find((one) => one.id === id)
  if (!found)
    throw new RealignError(
      'model-missing',
      id === undefined ? `There is no ${role} to work with` : `There is no bundle named ${id}`,
      { hint: 'Models lists the bundles found, and the folder to put one into.' },
    )
  if (found.state === 'refused')
    throw new RealignError(
      'model-mismatch',
      found.problem ?? `The bundle ${found.id} was refused`,
      {
        hint: isEndpoint(found.id)
          ? 'Mend its file, or remove the endpoint in Models.'
          : 'Fetch the bundle again; the files of a bundle belong together.',
      },
    )
  if (!found.roles.includes(role))
    throw new RealignError('bad-input', `${found.name} is no ${role}`, {
      hint: `Choose a bundle that is a ${role}.`,
    })
  return found
}

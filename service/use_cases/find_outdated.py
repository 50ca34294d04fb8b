"""Find the footprints that are no longer what the accepted data says."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from lca_models.calculation.fingerprint import engine_versions
from lca_models.calculation.solution import Engine
from lca_models.facts.library import Library
from service.domain.lockfile import Recipe, seal
from service.domain.network import Network
from service.domain.recalculation import Recalculation, SealedText, list_calculable, lock
from service.domain.submission import Period
from service.formats.lockfile import to_text
from service.formats.release import find_release
from service.store import chains, consents, footprints, networks

_CHARACTERISATION = "AR6"  # of PACT Methodology v3 and ISO 14067


def find_outdated_behind(
    session: Session, product_id: UUID, period: Period, library: Library
) -> Recalculation:
    """Look at a product and everything that rests on it.

    Args:
        session: A transaction of the service.
        product_id: What changed.
        period: The reporting period.
        library: Published factors.
    """
    affected = networks.list_affected(session, product_id, period)
    network = networks.read(session, affected, period)
    return _compare(session, network, list(map(str, affected)), _recipe(library))


def find_outdated_in_chain(
    session: Session, chain_id: UUID, period: Period, library: Library
) -> Recalculation:
    """Look at the products of a chain and everything behind them; arguments as above."""
    network = networks.read(session, chains.list_product_ids(session, chain_id), period)
    return _compare(session, network, list(network.answers), _recipe(library))


def _compare(
    session: Session, network: Network, product_ids: list[str], recipe: Recipe
) -> Recalculation:
    granted = consents.read_granted(session)
    texts = _seal_texts(network)
    locks = {
        key: lock(network, key, recipe, texts, granted)
        for key in list_calculable(network, product_ids)
    }
    known = footprints.read_hashes(session, map(UUID, locks), network.chain.period)
    outdated = {key: found for key, found in locks.items() if known.get(UUID(key)) != found.hash}
    return Recalculation(network, texts, outdated, granted)


def _seal_texts(network: Network) -> Mapping[UUID, SealedText]:
    answers = {answer.submission_id: answer for answer in network.answers.values()}
    texts = {key: to_text(network, answer) for key, answer in answers.items()}
    return {key: SealedText(text, seal(text, [answers[key].salt])) for key, text in texts.items()}


def _recipe(library: Library) -> Recipe:
    return Recipe(
        characterisation=_CHARACTERISATION,
        library_version=library.version,
        engine=engine_versions(Engine.BLOCK),
        greenchain=find_release(),
    )

"""Import contracts of a kind that import-linter lacks: wings, with each list of rooms written once.

Layers alone would want every wing's rooms three times: as layers, and in both directions as what
the other wing may not import.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from importlinter.application import output
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayerField, LayersContract
from importlinter.domain import fields
from importlinter.domain.contract import Contract, ContractCheck

if TYPE_CHECKING:
    from grimp import ImportGraph


class _Lists(fields.Field[Any]):
    """Lists as they stand in pyproject.toml: import-linter's own fields know no list of lists."""

    def parse(self, raw_data: Any) -> Any:
        return raw_data


class WingsContract(Contract):
    """Rooms import downward inside their wing, and never from another wing.

    Options
    -------
    top, bottom : lists of layers, highest first
        Rooms that may import from every wing, and rooms from which every wing may import.
    wings : list of lists of layers
        As in a contract of layers: "a | b" are neighbours that do not know each other.

    A room of the package that stands in none of these breaks the contract.
    """

    type_name = "wings"

    top: Any = _Lists()
    wings: Any = _Lists()
    bottom: Any = _Lists()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        root = self.session_options["root_packages"][0]
        rooms = [
            {f"{root}.{room}" for layer in wing for room in _rooms(layer)} for wing in self.wings
        ]
        ends = {f"{root}.{room}" for layer in (*self.top, *self.bottom) for room in _rooms(layer)}
        homeless = sorted(graph.find_children(root) - ends.union(*rooms))
        parts: list[Contract] = [
            self._part(LayersContract, containers=[root], layers=[*self.top, *wing, *self.bottom])
            for wing in self.wings
        ]
        parts += [
            self._part(
                ForbiddenContract, source_modules=sorted(one), forbidden_modules=sorted(other)
            )
            for one, other in itertools.permutations(rooms, 2)
        ]
        checks = [(part, part.check(graph, verbose)) for part in parts]
        broken = [(part, check) for part, check in checks if not check.kept]
        return ContractCheck(
            kept=not broken and not homeless, metadata={"broken": broken, "homeless": homeless}
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for room in check.metadata["homeless"]:
            output.print_error(f"{room} stands in no wing: give it a place in this contract")
            output.new_line()
        for part, found in check.metadata["broken"]:
            part.render_broken_contract(found)

    def _part(self, kind: type[Contract], **options: object) -> Contract:
        return kind(self.name, self.session_options, options)


def _rooms(layer: str) -> list[str]:
    return [room.name for room in LayerField().parse(layer).module_tails]

"""The import contract that import-linter does not bring: rooms of the standard library only.

Named in pyproject.toml under [tool.importlinter]; run by `make check` and by test_contracts.py.
"""

import sys
from typing import Any, cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StdlibOnly(Contract):
    """Rooms that import nothing but their own package and a harmless part of the stdlib.

    Options:
        rooms: packages to hold to it, with everything in them; one that does not exist is skipped.
        banned: top-level standard library modules that are not harmless.

    An import inside a function or under TYPE_CHECKING counts like any other.
    """

    rooms = fields.ListField(subfield=fields.StringField())
    banned = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return what is wrong as one sentence for each offending import, sorted."""
        wrong = [
            sentence
            for room in cast(list[str], self.rooms)
            if room in graph.modules
            for module in sorted({room, *graph.find_descendants(room)})
            for sentence in self._wrong_in(graph, module)
        ]
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the sentences that check found."""
        for sentence in check.metadata["wrong"]:
            output.print_error(sentence, bold=False)
        output.new_line()

    def _wrong_in(self, graph: ImportGraph, module: str) -> list[str]:
        banned = set(cast(list[str], self.banned))
        wrong = []
        for imported in sorted(graph.find_modules_directly_imported_by(module)):
            top = imported.partition(".")[0]
            if top == module.partition(".")[0]:
                continue
            if top in banned:
                why = "which does more than compute"
            elif top not in sys.stdlib_module_names:
                why = "which is not in the standard library"
            else:
                continue
            where = _lines(graph, module, imported)
            wrong.append(f"{module} imports {imported} ({where}), {why}")
        return wrong


def _lines(graph: ImportGraph, importer: str, imported: str) -> str:
    details = cast(
        list[dict[str, Any]], graph.get_import_details(importer=importer, imported=imported)
    )
    return ", ".join(f"l.{number}" for number in sorted({one["line_number"] for one in details}))

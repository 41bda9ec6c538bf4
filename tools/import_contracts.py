"""Does a package import the standard library only? A contract for import-linter, which has no such kind itself."""

import sys
from collections.abc import Set as AbstractSet

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryOnly(Contract):
    """Kept while `package` imports nothing but the standard library and itself."""

    type_name = "standard_library_only"

    package = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - import-linter's own signature
        """Look at every import of the package's modules."""
        package = str(self.package)
        modules = {package} | graph.find_descendants(package)
        strangers = {
            f"{module} -> {imported}"
            for module in modules
            for imported in graph.find_modules_directly_imported_by(module)
            if not _is_at_home(imported, modules)
        }
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the imports that do not belong."""
        for stranger in sorted(check.metadata["strangers"]):
            output.print_error(f"- {stranger}", bold=False)


def _is_at_home(imported: str, modules: AbstractSet[str]) -> bool:
    return imported in modules or imported.partition(".")[0] in sys.stdlib_module_names

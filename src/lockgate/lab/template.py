"""How is the database made that all others are copied from? Under another name until it is whole."""

import hashlib
from collections.abc import Collection, Sequence

from lockgate.kernel.errors import UnreachableError
from lockgate.lab.databases import Databases
from lockgate.lab.odoo_program import OdooProgram
from lockgate.lab.provider import Step
from lockgate.lab.python_parts import pins_digest
from lockgate.lab.state import State

PREPARE = """
# The administrator has a key, and the first page of a copy need not wait for its scripts and styles.
import os
from odoo.addons.base.models.res_users import INDEX_SIZE, KEY_CRYPT_CONTEXT
admin = env.ref('base.user_admin')
admin.write({'password': os.environ['LOCKGATE_PASSWORD']})
key = os.environ['LOCKGATE_API_KEY']
env.cr.execute(
    'INSERT INTO res_users_apikeys (name, user_id, key, index) VALUES (%s, %s, %s, %s)',
    ['Lockgate lab', admin.id, KEY_CRYPT_CONTEXT.hash(key), key[:INDEX_SIZE]],
)
for bundle in ('frontend', 'frontend_lazy', 'frontend_minimal', 'web', 'web_print'):
    assets = env['ir.qweb']._get_asset_bundle(f'web.assets_{bundle}', js=True, css=True)
    assets.css()
    assets.js()
env.cr.commit()
print('prepared')
"""


def template_name(apps: str, modules: Sequence[str], odoo_version: str) -> str:
    """Return the name of the template with these modules: other modules, pins or preparation give another name."""
    recipe = "\0".join([PREPARE, odoo_version, pins_digest(), *sorted(modules)])
    return f"{template_family(apps)}{hashlib.sha256(recipe.encode()).hexdigest()[:10]}"


def template_family(apps: str) -> str:
    """Return how the names of all templates of a set of apps begin."""
    return f"tpl_{apps}_"


def provide_template(
    apps: str, modules: Sequence[str], *, databases: Databases, program: OdooProgram, state: State, step: Step
) -> str:
    """Return the name of a whole template, building it when there is none."""
    name = template_name(apps, modules, program.code.version)
    if name in databases.all_names():
        return name
    draft = name.replace("tpl_", "building_", 1)
    databases.remove(draft)
    with step(f"Installing {len(modules)} modules in Odoo ({apps}; takes minutes, once)"):
        program.install(draft, modules)
        _all_installed(modules, databases.installed_modules(draft))
    with step("Preparing the administrator's key and the web pages"):
        secrets = {"LOCKGATE_PASSWORD": state.password.reveal(), "LOCKGATE_API_KEY": state.api_key.reveal()}
        program.run_script(draft, PREPARE, secrets)
        databases.postgres.query("VACUUM ANALYZE", database=draft)
    databases.rename(draft, name)
    _forget_older(apps, name, databases)
    return name


def _all_installed(wished: Sequence[str], installed: Collection[str]) -> None:
    """Stop when Odoo left a module out: it only warns of a name that it does not know."""
    missing = [name for name in wished if name not in installed]
    if missing:
        raise UnreachableError(
            f"Odoo did not install {len(missing)} of the lab's {len(wished)} modules.",
            why=f"Left out: {', '.join(missing)}.",
            do="This Odoo does not have them. Choose another set: `lockgate lab up --apps …`.",
        )


def _forget_older(apps: str, name: str, databases: Databases) -> None:
    for other in databases.all_names():
        if other.startswith(template_family(apps)) and other != name:
            databases.remove(other)

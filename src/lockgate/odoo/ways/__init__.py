"""How do bytes get to an Odoo and back? JSON-2, JSON-RPC and XML-RPC over one guarded HTTP."""

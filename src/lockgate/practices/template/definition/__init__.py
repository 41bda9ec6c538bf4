"""What does a template say? Resources: records of Odoo, each with a key, a model or a kind, and its values."""

from lockgate.practices.template.definition.resource import LocalChange, Resource, TemplateFile

__all__ = ["LocalChange", "Resource", "TemplateFile"]

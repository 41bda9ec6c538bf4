"""What may be done to an Odoo database? Its role decides."""

from enum import StrEnum


class Role(StrEnum):
    """What an instance is for."""

    LAB = "lab"
    BUILD = "build"
    REHEARSAL = "rehearsal"
    TRAINING = "training"
    PRODUCTION = "production"

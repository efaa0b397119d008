"""What answers look like that stand in files of their own, gathered."""

from typing import Final

from buurthuis.api.application_schema import APPLICATION_SCHEMAS
from buurthuis.api.availability_fields import AVAILABILITY_SCHEMAS
from buurthuis.api.figure_schema import FIGURE_SCHEMAS
from buurthuis.api.schema_parts import Schema
from buurthuis.api.shift_schema import SHIFT_SCHEMAS

MORE_SCHEMAS: Final[dict[str, Schema]] = {
    **APPLICATION_SCHEMAS,
    **AVAILABILITY_SCHEMAS,
    **FIGURE_SCHEMAS,
    **SHIFT_SCHEMAS,
}

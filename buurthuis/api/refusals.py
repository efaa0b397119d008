"""What an Idempotency-Key can be refused for."""

from buurthuis.foundation.errors import Refusal, constraint_means


class OtherBody(Refusal):
    """The same key came with another body before."""

    code = "idempotency-mismatch"


class KeyJustTaken(Refusal):
    """The same key was taken into use at this very moment."""

    code = "busy"
    status = 503


constraint_means("pk_idempotency_key", KeyJustTaken)

"""What tests of money share: the provider of online payments, on this machine."""

from tests.payments.provider import provider as provider

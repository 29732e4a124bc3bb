"""The policies that come with the library, one package each."""

from procure.policies.furong_2020 import furong_2020

__all__ = ["furong_2020"]

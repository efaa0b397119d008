"""The provider is asked through one module, and whatever it does, we get an answer of our own."""

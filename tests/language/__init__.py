"""The words of the house: all translated, all plain, none in the wrong language."""

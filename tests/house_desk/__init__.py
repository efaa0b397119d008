"""The pages on which residents change their house."""

"""What everybody may know: small numbers stay small, whatever one adds up."""

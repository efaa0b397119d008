"""Money that goes back: proposed by the policy, never more than came in."""

"""Groups that ask to be recognised: what they tell, who decides, and the appeal after a no or an end."""

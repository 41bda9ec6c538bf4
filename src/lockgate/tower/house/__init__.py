"""Single sign-on: the way to the identity provider of the house, and back."""

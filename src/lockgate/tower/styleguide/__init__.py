"""What does everything look like? The living page of the design system."""

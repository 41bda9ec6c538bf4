"""What is under way: orders of customers, orders with suppliers, and what Köln assembles."""

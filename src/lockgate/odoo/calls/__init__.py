"""How does one call get through? What is asked, whether it may be sent, and sent again, and with how much patience."""

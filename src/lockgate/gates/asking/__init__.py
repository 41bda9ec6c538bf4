"""What do the facts say? Each criterion's status, and the verdict of the gate, with reasons down to the evidence."""

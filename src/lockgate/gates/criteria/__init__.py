"""What is asked? The language of `gates.yaml`: what may be written, what several files make together, what loosens."""
